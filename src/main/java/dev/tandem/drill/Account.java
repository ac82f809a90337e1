package dev.tandem.drill;

import dev.tandem.drill.fault.Change;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was done to which nodes, and what it should have cost: the file `drill` of a {@link
/// Recording}. One fact per line, the first word naming it:
///
/// ```
/// # tandem drill, version 1
/// fault web-kill
/// round 1
/// vip 192.168.0.150
/// zero 2026-11-22T12:00:00Z
/// node BALANCER haproxy-a tandem-haproxy-a 172.20.0.50,192.168.0.151 02:42:ac:14:00:32
/// moment INJECTING 3000123456
/// predicted answered within 250000000 0.25 s
/// predicted moved unbroken the checks still pass
/// unread web-a no such container
/// command 0 0 3000123456 4000123456 tandem switchover haproxy-b
/// ```
///
/// @param fault the fault's name
/// @param round the number of this repetition, starting at 1
/// @param scene the nodes, and what was done to them when
/// @param prediction what it should have cost
/// @param unread why a node's log could not be read, by node
/// @param commands the commands of a {@link Change}, as they ran: expected and actual exit code,
///   begin and end
public record Account(
        String fault,
        int round,
        Scene scene,
        Prediction prediction,
        Map<String, String> unread,
        List<CommandRun> commands) {
    private static final String FIRST = "# tandem drill, version 1";
    private static final String NOTHING = "-";

    public Account {
        unread = new TreeMap<>(unread);
        commands = List.copyOf(commands);
    }

    /// An account before any command has run.
    public Account(
            String fault,
            int round,
            Scene scene,
            Prediction prediction,
            Map<String, String> unread) {
        this(fault, round, scene, prediction, unread, List.of());
    }

    /// The same with another scene.
    Account at(Scene other) {
        return new Account(fault, round, other, prediction, unread, commands);
    }

    /// The same with these logs marked as unread.
    Account without(Map<String, String> logs) {
        return new Account(fault, round, scene, prediction, logs, commands);
    }

    /// The same after these commands.
    Account after(List<CommandRun> runs) {
        return new Account(fault, round, scene, prediction, unread, runs);
    }

    /// The cause of what was measured.
    ///
    /// @param output the output of the commands
    Cause cause(String output) {
        return fault.equals(Change.NAME) ? new Cause.Changed(commands, output) : new Cause.Broken();
    }

    /// The file's text.
    String text() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        line(text, "fault", fault);
        line(text, "round", round);
        line(text, "vip", scene.vip());
        line(text, "zero", scene.zero());
        for (Witness node : scene.nodes()) {
            Object[] words = {
                "node",
                node.role(),
                node.name(),
                node.container(),
                list(node.addresses()),
                list(node.macs())
            };
            line(text, words);
        }
        scene.moments().forEach((moment, at) -> line(text, "moment", moment, at));
        line(text, "predicted answered", estimate(prediction.answered()));
        prediction.moved().ifPresent(moved -> line(text, "predicted moved", estimate(moved)));
        unread.forEach((node, reason) -> line(text, "unread", node, reason));
        for (CommandRun run : commands) {
            line(text, "command", run.expected(), run.exit(), run.from(), run.to(), run.command());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Object... words) {
        List<String> all = new ArrayList<>();
        for (Object word : words) {
            all.add(String.valueOf(word).replaceAll("\\s+", " "));
        }
        text.append(String.join(" ", all)).append('\n');
    }

    private static String list(List<String> words) {
        return words.isEmpty() ? NOTHING : String.join(",", words);
    }

    private static String estimate(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Within(Duration most, String formula) ->
                    "within " + most.toNanos() + " " + formula;
            case Estimate.Unbroken(String reason) -> "unbroken " + reason;
            case Estimate.UntilHealed(String reason) -> "until-healed " + reason;
            case Estimate.Unknown(String reason) -> "unknown " + reason;
        };
    }

    /// Parses such a text.
    ///
    /// @throws IllegalArgumentException if it is not one; the message names the line
    static Account parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FIRST)) {
            throw new IllegalArgumentException("does not begin with: " + FIRST);
        }
        Reading reading = new Reading();
        for (int i = 1; i < lines.size(); i++) {
            try {
                reading.take(lines.get(i));
            } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "line %d cannot be read: %s".formatted(i + 1, lines.get(i)), e);
            }
        }
        return reading.account();
    }

    /// The content of the lines read so far.
    private static final class Reading {
        private final Map<String, String> words = new TreeMap<>();
        private final List<Witness> nodes = new ArrayList<>();
        private final SortedMap<Moment, Long> moments = new TreeMap<>();
        private final Map<String, Estimate> predicted = new TreeMap<>();
        private final Map<String, String> unread = new TreeMap<>();
        private final List<CommandRun> commands = new ArrayList<>();

        void take(String line) {
            List<String> f = List.of(line.split(" ", 3));
            switch (f.getFirst()) {
                case "node" -> nodes.add(node(List.of(line.split(" ", -1))));
                case "moment" -> moments.put(Moment.valueOf(f.get(1)), Long.parseLong(f.get(2)));
                case "predicted" -> predicted.put(f.get(1), estimate(f.get(2)));
                case "command" -> commands.add(command(List.of(line.split(" ", 6))));
                case "unread" -> unread.put(f.get(1), f.get(2));
                case "fault", "round", "vip", "zero" -> words.put(f.getFirst(), f.get(1));
                default -> throw new IllegalArgumentException("unknown word");
            }
        }

        private static Witness node(List<String> f) {
            Witness.Role role = Witness.Role.valueOf(f.get(1));
            return new Witness(role, f.get(2), f.get(3), words(f.get(4)), words(f.get(5)));
        }

        private static CommandRun command(List<String> f) {
            return new CommandRun(
                    f.get(5),
                    Integer.parseInt(f.get(1)),
                    Integer.parseInt(f.get(2)),
                    Long.parseLong(f.get(3)),
                    Long.parseLong(f.get(4)));
        }

        private static List<String> words(String text) {
            return text.equals(NOTHING) ? List.of() : List.of(text.split(","));
        }

        private static Estimate estimate(String text) {
            List<String> f = List.of(text.split(" ", 2));
            return switch (f.getFirst()) {
                case "within" -> {
                    List<String> rest = List.of(f.get(1).split(" ", 2));
                    Duration most = Duration.ofNanos(Long.parseLong(rest.getFirst()));
                    yield new Estimate.Within(most, rest.get(1));
                }
                case "unbroken" -> new Estimate.Unbroken(f.get(1));
                case "until-healed" -> new Estimate.UntilHealed(f.get(1));
                case "unknown" -> new Estimate.Unknown(f.get(1));
                default -> throw new IllegalArgumentException("unknown estimate");
            };
        }

        Account account() {
            Scene scene = new Scene(word("vip"), Instant.parse(word("zero")), nodes, moments);
            Estimate answered = predicted.get("answered");
            if (answered == null) {
                throw new IllegalArgumentException("it has no line: predicted answered");
            }
            Prediction prediction =
                    new Prediction(
                            word("fault"), answered, Optional.ofNullable(predicted.get("moved")));
            int round = Integer.parseInt(word("round"));
            return new Account(word("fault"), round, scene, prediction, unread, commands);
        }

        private String word(String name) {
            String word = words.get(name);
            if (word == null) {
                throw new IllegalArgumentException("it has no line: " + name);
            }
            return word;
        }
    }
}
