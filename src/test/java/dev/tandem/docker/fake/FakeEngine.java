package dev.tandem.docker.fake;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Where;
import dev.tandem.render.Rendering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// A Docker engine in memory: it takes the commands that Tandem gives, and answers as the real one.
///
/// Containers of ours run programs that read the files of the site's directory as the real ones do,
/// and behave as `images/` says: a balancer serves a moment after its start, holds the VIP when no
/// better one takes part, and sees a web server by its checks. What it is asked and cannot do is a
/// failed test, never an answer that was made up. A test scripts failures, slowness, and what
/// clients and operators do.
public final class FakeEngine implements Runner {
    private static final Duration QUICK = Duration.ofMillis(10);

    private final FakeTime time;
    private final FakeLan lan;
    private final Optional<FakeMachine> machine;
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private final SortedMap<String, ComposeFile.Network> networks = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> volumes = new TreeMap<>();
    private final SortedSet<String> images = new TreeSet<>();
    private final SortedSet<String> pages = new TreeSet<>(List.of("/"));
    private final Map<String, Integer> open = new TreeMap<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private ToDoubleFunction<String> failing = configuration -> 0;
    private int made;

    /// That of this machine.
    public FakeEngine(FakeTime time) {
        this(time, new FakeLan(), Optional.empty());
    }

    /// That of another machine.
    public FakeEngine(FakeTime time, FakeLan lan, FakeMachine machine) {
        this(time, lan, Optional.of(machine));
    }

    private FakeEngine(FakeTime time, FakeLan lan, Optional<FakeMachine> machine) {
        this.time = time;
        this.lan = lan;
        this.machine = machine;
        lan.join(this);
        networks.put("bridge", ComposeFile.Network.builtIn("bridge", "bridge", "172.17.0.0/16"));
        networks.put("host", ComposeFile.Network.builtIn("host", "host", ""));
        networks.put("none", ComposeFile.Network.builtIn("none", "null", ""));
    }

    /// The same at this moment, without what was scripted and logged: for a test that goes on from
    /// here more than once.
    public FakeEngine copy() {
        synchronized (lan) {
            return copy(new FakeLan());
        }
    }

    FakeEngine copy(FakeLan into) {
        FakeEngine copy = new FakeEngine(time, into, machine);
        containers.forEach((name, one) -> copy.containers.put(name, one.copy(copy)));
        copy.networks.putAll(networks);
        volumes.forEach((name, labels) -> copy.volumes.put(name, new TreeMap<>(labels)));
        copy.images.addAll(images);
        copy.pages.addAll(pages);
        copy.made = made;
        return copy;
    }

    // What a test scripts ---------------------------------------------------------------------

    /// An image that is there.
    public void image(String name) {
        images.add(name);
    }

    /// A page that every web server of ours has, besides `/`.
    public void page(String path) {
        pages.add(path);
    }

    /// Requests that are open at a web server, at each balancer.
    public void open(String server, int requests) {
        synchronized (lan) {
            open.put(server, requests);
        }
    }

    /// The share of requests that fail at a balancer, by the haproxy.cfg that it runs.
    public void failing(ToDoubleFunction<String> share) {
        failing = share;
    }

    /// From now on commands meet a trouble.
    public void meets(Trouble trouble) {
        synchronized (lan) {
            troubles.add(trouble);
        }
    }

    /// From now on there is no trouble.
    public void isWell() {
        synchronized (lan) {
            troubles.clear();
        }
    }

    /// The commands that were run, in their order.
    public List<String> log() {
        synchronized (lan) {
            return List.copyOf(log);
        }
    }

    /// Its machine loses its power: what ran there does not run any more.
    ///
    /// @return the containers that ran
    public List<String> off() {
        synchronized (lan) {
            List<String> ran =
                    containers.values().stream()
                            .filter(FakeContainer::running)
                            .map(FakeContainer::name)
                            .toList();
            ran.forEach(name -> turn("kill", name));
            return ran;
        }
    }

    /// It has power again, and Docker starts what ran.
    public void on(List<String> ran) {
        synchronized (lan) {
            ran.stream().filter(containers::containsKey).forEach(name -> turn("start", name));
        }
    }

    // What runs -------------------------------------------------------------------------------

    FakeTime time() {
        return time;
    }

    /// By balancer, for each web server that cookies name: 1 when they count no more.
    public List<Map<String, String>> left() {
        return lan.balancers().map(FakeBalancer::left).toList();
    }

    /// The LAN that it is on.
    public FakeLan lan() {
        return lan;
    }

    boolean hasPage(String path) {
        return pages.contains(path);
    }

    /// The directory that stands for one of its machine.
    Path there(String path) {
        return machine.map(one -> one.root().resolve(path.substring(1))).orElse(Path.of(path));
    }

    Optional<FakeMachine> machine() {
        return machine;
    }

    double failing(String configuration) {
        return failing.applyAsDouble(configuration);
    }

    int open(String server) {
        return open.getOrDefault(server, 0);
    }

    /// Web servers stand on a network of their own or, over machines, on the LAN.
    boolean leadsToServers(String network) {
        return !network.endsWith("_lan") || machine.isPresent();
    }

    String subnet(String network) {
        ComposeFile.Network found = networks.get(network);
        return found == null ? "" : found.subnet();
    }

    /// What is wrong for clients of a VIP now: see {@link FakeLan}.
    public Optional<String> unserved(String vip) {
        return lan.unserved(vip);
    }

    /// The volumes that there are.
    public List<String> volumeNames() {
        synchronized (lan) {
            return List.copyOf(volumes.keySet());
        }
    }

    // What it is told -------------------------------------------------------------------------

    @Override
    public Following follow(Command command, Path file) {
        throw FakeProgram.unknown(command.argv());
    }

    @Override
    public Where where() {
        return machine.isPresent() ? Where.ELSEWHERE : Where.HERE;
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        synchronized (lan) {
            return answer(command);
        }
    }

    private Output answer(Command command) {
        log.add(command.toString());
        Optional<Trouble> trouble =
                troubles.stream().filter(one -> one.meets(command.toString())).findFirst();
        trouble.filter(Trouble::isOver).ifPresent(troubles::remove);
        Duration takes = trouble.map(Trouble::delay).orElse(Duration.ZERO).plus(QUICK);
        if (takes.compareTo(command.limit()) > 0) {
            time.pass(command.limit());
            String why = "no end within " + command.limit().toSeconds() + " s\n";
            return new Output(Output.TIMED_OUT, "", why);
        }
        time.pass(takes);
        return trouble.flatMap(Trouble::answer).orElseGet(() -> docker(command));
    }

    private Output docker(Command command) {
        List<String> argv = command.argv();
        if (!argv.getFirst().equals("docker")) {
            throw FakeProgram.unknown(argv);
        }
        List<String> rest = argv.subList(2, argv.size());
        return switch (argv.get(1)) {
            case "compose" -> new FakeCompose(this, command).run(rest);
            case "network",
                    "volume",
                    "image",
                    "container",
                    "ps",
                    "version",
                    "info",
                    "context",
                    "images",
                    "update" ->
                    new FakeObjects(this).run(argv.subList(1, argv.size()));
            case "exec" -> exec(rest);
            case "cp" -> copyInto(rest);
            case "run" -> new FakeRun(this).run(rest);
            case "logs" -> logs(rest.getLast());
            case "kill" ->
                    rest.getFirst().equals("-s")
                            ? signal(rest.get(1), rest.get(2))
                            : turn("kill", rest.getLast());
            case "stop", "start", "restart", "pause", "unpause", "rm" ->
                    turn(argv.get(1), rest.getLast());
            default -> throw FakeProgram.unknown(argv);
        };
    }

    private Output exec(List<String> rest) {
        boolean asUser = rest.getFirst().equals("--user");
        List<String> argv = asUser ? rest.subList(2, rest.size()) : rest;
        FakeContainer container = containers.get(argv.getFirst());
        if (container == null) {
            return FakeProgram.refused(absent(argv.getFirst()));
        }
        return switch (container.state()) {
            case RUNNING -> container.program().exec(argv.subList(1, argv.size()));
            case PAUSED ->
                    FakeProgram.refused(
                            "Error response from daemon: Container %s is paused, unpause the"
                                            .formatted(container.name())
                                    + " container before exec");
            case CREATED, EXITED ->
                    FakeProgram.refused(
                            "Error response from daemon: Container %s is not running"
                                    .formatted(container.id()));
        };
    }

    /// `docker cp FROM/. CONTAINER:DIRECTORY`.
    private Output copyInto(List<String> rest) {
        String[] to = rest.getLast().split(":", 2);
        FakeContainer container = containers.get(to[0]);
        return container != null && container.program() instanceof FakeDirectory directory
                ? directory.take(Path.of(rest.getFirst()), to[1])
                : FakeProgram.refused(absent(to[0]));
    }

    private Output logs(String name) {
        return containers.containsKey(name)
                ? new Output(0, "", "init: " + name + " has started\n")
                : FakeProgram.refused(absent(name));
    }

    static String absent(String name) {
        return "Error response from daemon: No such container: " + name;
    }

    /// `docker VERB CONTAINER`.
    Output turn(String verb, String name) {
        FakeContainer container = containers.get(name);
        if (container == null) {
            return verb.equals("rm")
                    ? FakeProgram.refused("Error: No such container: " + name)
                    : FakeProgram.refused(absent(name));
        }
        Optional<String> refusal = refusal(verb, container);
        if (refusal.isPresent()) {
            return FakeProgram.refused("Error response from daemon: " + refusal.get());
        }
        switch (verb) {
            case "stop", "kill" -> container.become(FakeContainer.State.EXITED, time);
            case "pause" -> pause(container);
            case "rm" -> containers.remove(name);
            default -> container.become(FakeContainer.State.RUNNING, time);
        }
        return FakeProgram.said(name + "\n");
    }

    /// `docker kill -s STOP|CONT CONTAINER`.
    private Output signal(String signal, String name) {
        FakeContainer container = containers.get(name);
        if (container != null
                && container.running()
                && container.program() instanceof FakeBalancer balancer
                && List.of("STOP", "CONT").contains(signal)) {
            balancer.signal(signal);
            return FakeProgram.said(name + "\n");
        }
        throw FakeProgram.unknown(List.of("kill", "-s", signal, name));
    }

    private Optional<String> refusal(String verb, FakeContainer container) {
        boolean paused = container.state() == FakeContainer.State.PAUSED;
        return switch (verb) {
            case "unpause" ->
                    paused
                            ? Optional.empty()
                            : Optional.of("Container " + container.id() + " is not paused");
            case "pause" ->
                    container.running()
                            ? Optional.empty()
                            : Optional.of("Container " + container.id() + " is not running");
            default -> Optional.empty();
        };
    }

    private void pause(FakeContainer container) {
        if (container.program() instanceof FakeBalancer balancer) {
            balancer.freeze();
        }
        container.become(FakeContainer.State.PAUSED, time);
    }

    // For those who carry a command out -------------------------------------------------------

    Map<String, FakeContainer> containers() {
        return containers;
    }

    SortedMap<String, ComposeFile.Network> networks() {
        return networks;
    }

    SortedMap<String, SortedMap<String, String>> volumes() {
        return volumes;
    }

    SortedSet<String> images() {
        return images;
    }

    /// A container of this service, which does not run yet.
    FakeContainer create(ComposeFile.Service service) {
        FakeContainer container = new FakeContainer(service, Rendering.sha256("" + made++), this);
        containers.put(container.name(), container);
        return container;
    }
}
