package dev.tandem.docker;

import dev.tandem.model.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The way to the containers of a site over machines, for who works on single containers (a drill)
/// and need not know where each one is: a command goes to the machine of the container that it
/// names.
///
/// What is started in a node's network, or carries a node's name at its end, is on that node's
/// machine. A list is that of all machines, so it fails when one of them does not answer. What
/// names no container that is known is asked of every machine; one that knows it is enough.
///
/// Times are told by this machine's clock, whatever the clocks of the others say ({@link
/// ClockShift}).
public final class SiteRunner implements Runner {
    private static final Set<String> LISTS = Set.of("ps", "events");
    private static final Set<String> TIMES = Set.of("--since", "--until");
    private static final String NETWORK_OF = "container:";
    private static final int ASKED = 3;

    private final Supplier<SiteEngines> ways;
    private final Site site;
    private final InstantSource clock;
    private final Map<String, String> started = new ConcurrentHashMap<>();
    private final Map<String, ClockShift> clocks = new ConcurrentHashMap<>();

    /// @param ways the engines: another way to one counts as soon as there is one
    SiteRunner(Supplier<SiteEngines> ways, Site site, InstantSource clock) {
        this.ways = ways;
        this.site = site;
        this.clock = clock;
    }

    /// How far the clock of each machine is ahead of this one's, in the order of the file.
    ///
    /// @throws dev.tandem.model.Stop when a machine does not answer
    public List<String> clockWords() {
        return ways.get().machines().stream()
                .map(machine -> machine + " " + clockOf(machine).words())
                .toList();
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        Optional<String> machine = machineOf(command.argv());
        if (machine.isPresent()) {
            return on(machine.get(), command, line);
        }
        return LISTS.contains(verb(command.argv())) ? all(command, line) : any(command, line);
    }

    private static String verb(List<String> argv) {
        return argv.size() > 1 ? argv.get(1) : "";
    }

    private Output on(String machine, Command command, Consumer<String> line) {
        ClockShift shift = tellsTimes(command) ? clockOf(machine) : ClockShift.NONE;
        Output output = ways.get().runner(machine).run(there(command, shift), line);
        return new Output(output.exit(), shift.here(output.stdout()), shift.here(output.stderr()));
    }

    private static boolean tellsTimes(Command command) {
        return Set.of("logs", "events").contains(verb(command.argv()));
    }

    /// The same command with the times in it as that machine's clock has them.
    private static Command there(Command command, ClockShift shift) {
        List<String> argv = new ArrayList<>(command.argv());
        for (int i = 1; i < argv.size(); i++) {
            if (TIMES.contains(argv.get(i - 1))) {
                argv.set(i, shift.there(Instant.parse(argv.get(i))).toString());
            }
        }
        return command.saying(argv);
    }

    private ClockShift clockOf(String machine) {
        return clocks.computeIfAbsent(machine, this::askClock);
    }

    /// The answer that came soonest says it most exactly.
    private ClockShift askClock(String machine) {
        return Stream.generate(() -> ClockSeen.ask(ways.get().on(machine), clock))
                .limit(ASKED)
                .flatMap(Optional::stream)
                .min(Comparator.comparing(ClockSeen::within))
                .map(ClockShift::of)
                .orElse(ClockShift.NONE);
    }

    private Output all(Command command, Consumer<String> line) {
        StringBuilder said = new StringBuilder();
        for (String machine : ways.get().machines()) {
            Output output = on(machine, command, line);
            if (!output.ok()) {
                return output;
            }
            said.append(output.stdout());
        }
        return new Output(0, said.toString(), "");
    }

    /// A machine that failed for another reason than that it has no such thing is what is told.
    private Output any(Command command, Consumer<String> line) {
        List<Output> all = new ArrayList<>();
        for (String machine : ways.get().machines()) {
            Output output = on(machine, command, line);
            if (output.ok()) {
                return output;
            }
            all.add(output);
        }
        return all.stream().filter(one -> !one.noSuch()).findFirst().orElse(all.getFirst());
    }

    @Override
    public Following follow(Command command, Path file) {
        String machine = machineOf(command.argv()).orElse(ways.get().machines().getFirst());
        ClockShift shift = clockOf(machine);
        Following following = ways.get().runner(machine).follow(there(command, shift), file);
        return () -> {
            following.close();
            shift.here(file);
        };
    }

    @Override
    public Where where() {
        return Where.ELSEWHERE;
    }

    /// The machine of the container that a command names; empty when it names none that is known.
    private Optional<String> machineOf(List<String> argv) {
        Optional<String> machine =
                argv.stream()
                        .filter(word -> word.startsWith(NETWORK_OF))
                        .map(word -> word.substring(NETWORK_OF.length()))
                        .flatMap(word -> place(word).stream())
                        .findFirst()
                        .or(() -> argv.stream().flatMap(word -> place(word).stream()).findFirst());
        int name = argv.indexOf("--name");
        if (machine.isPresent() && name > 0) {
            started.put(argv.get(name + 1), machine.get());
        }
        return machine;
    }

    /// The machine of a container, or of what has its name at its end; the longest name counts.
    private Optional<String> place(String container) {
        String before = started.get(container);
        if (before != null) {
            return Optional.of(before);
        }
        if (!container.startsWith(site.container(""))) {
            return Optional.empty();
        }
        return site.services().stream()
                .filter(node -> container.endsWith("-" + node))
                .max(Comparator.comparingInt(String::length))
                .map(node -> site.places().get(node));
    }
}
