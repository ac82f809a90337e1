package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Operations on single containers, no matter what created them: what a drill needs beyond {@link
/// Docker}.
///
/// A command that fails is a {@link Stop}; only {@link #exec} and {@link #runOnce} return whatever
/// the program in the container printed.
public final class Nodes {
    /// The result of {@link #state} when there is no such container.
    public static final String ABSENT = "absent";

    private static final Duration QUICK = Duration.ofSeconds(20);

    /// A container may take its whole grace period to stop; those of a site have 30 s.
    private static final Duration SLOW = Duration.ofSeconds(90);

    private static final String NETWORKS =
            "{{.Id}}{{\"\\n\"}}{{range $name, $one := .NetworkSettings.Networks}}{{$name}}"
                    + "\t{{$one.IPAddress}}"
                    + "\t{{if $one.IPAMConfig}}{{$one.IPAMConfig.IPv4Address}}{{end}}"
                    + "\t{{range $one.Aliases}}{{.}},{{end}}{{\"\\n\"}}{{end}}";

    private static final String ALL_NETWORKS =
            "{{$container := .Name}}{{range $name, $one := .NetworkSettings.Networks}}"
                    + "{{$container}}\t{{$name}}\t{{$one.IPAddress}}"
                    + "\t{{range $one.Aliases}}{{.}},{{end}}{{\"\\n\"}}{{end}}";

    private static final String MACS =
            "{{range .NetworkSettings.Networks}}{{.MacAddress}}{{\"\\n\"}}{{end}}";

    private static final String STARTED =
            "network={{.HostConfig.NetworkMode}}{{\"\\n\"}}pid={{.HostConfig.PidMode}}"
                    + "{{\"\\n\"}}rm={{.HostConfig.AutoRemove}}{{\"\\n\"}}"
                    + "{{range $name, $one := .NetworkSettings.Networks}}{{if $one.IPAMConfig}}"
                    + "{{if $one.IPAMConfig.IPv4Address}}{{$name}}{{\"\\n\"}}{{end}}{{end}}{{end}}";

    private final Runner runner;

    private final EngineHere engine;
    private final Optional<SiteMachines> machines;

    /// Containers of the engine that `setup/engine` sets up.
    public Nodes(Runner runner, Await await) {
        this(runner, EngineHere.ofThisMachine(runner, await));
    }

    /// @param engine the engine that runs the containers
    public Nodes(Runner runner, EngineHere engine) {
        this(runner, engine, Optional.empty());
    }

    /// @param machines those of the site, if it has some
    Nodes(Runner runner, EngineHere engine, Optional<SiteMachines> machines) {
        this.runner = runner;
        this.engine = engine;
        this.machines = machines;
    }

    /// The engine that runs the containers; that of no machine where there are several.
    public EngineHere engine() {
        return engine;
    }

    /// The machines that the containers are on; empty for a site without machines.
    public Optional<SiteMachines> machines() {
        return machines;
    }

    /// How to wait for changes in the containers.
    public Await await() {
        return engine.await();
    }

    /// Docker's word for a container's state: running, paused, exited, ...; {@link #ABSENT} when
    /// there is none.
    ///
    /// @throws Stop when the engine does not answer
    public String state(String container) {
        Output output =
                run(QUICK, "container", "inspect", "--format", "{{.State.Status}}", container);
        if (output.noSuch()) {
            return ABSENT;
        }
        return done("looking at " + container, output);
    }

    /// The name of a container's image, as it was given.
    public String image(String container) {
        return done(
                "looking at " + container,
                run(QUICK, "container", "inspect", "--format", "{{.Config.Image}}", container));
    }

    /// The networks of a container, in the order of their names. For a stopped container, only
    /// addresses that were assigned explicitly are known.
    public List<Attachment> attachments(String container) {
        List<String> lines =
                done(
                                "looking at the networks of " + container,
                                run(QUICK, "container", "inspect", "--format", NETWORKS, container))
                        .lines()
                        .toList();
        String id = lines.getFirst();
        return lines.stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(f -> f.length == 4)
                .map(f -> new Attachment(f[0], f[2].isEmpty() ? f[1] : f[2], aliases(f[3], id)))
                .toList();
    }

    /// All containers that run on this engine, by name, each with its networks. One that ends while
    /// it is looked at is left out.
    public Map<String, List<Attachment>> running() {
        List<String> ids = done("listing containers", run(QUICK, "ps", "--quiet")).lines().toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<String> argv =
                new ArrayList<>(List.of("container", "inspect", "--format", ALL_NETWORKS));
        argv.addAll(ids);
        Map<String, List<Attachment>> all = new TreeMap<>();
        Output seen = run(QUICK, argv);
        String found = seen.noSuch() ? seen.stdout() : done("looking at all containers", seen);
        found.lines()
                .map(line -> line.split("\t", -1))
                .filter(f -> f.length == 4)
                .forEach(f ->
                        all.computeIfAbsent(f[0].substring(1), _ -> new ArrayList<>())
                                .add(new Attachment(f[1], f[2], aliases(f[3], "?"))));
        return all;
    }

    /// How a container was started.
    public StartedWith startedWith(String container) {
        List<String> lines =
                done(
                                "looking at " + container,
                                run(QUICK, "container", "inspect", "--format", STARTED, container))
                        .lines()
                        .map(String::strip)
                        .toList();
        return new StartedWith(
                word(lines.getFirst()),
                word(lines.get(1)),
                lines.get(2).equals("rm=true")
                        ? StartedWith.Afterwards.REMOVED
                        : StartedWith.Afterwards.STAYS,
                lines.subList(3, lines.size()));
    }

    private static String word(String line) {
        return line.substring(line.indexOf('=') + 1);
    }

    /// The MAC addresses of a container, in lower case, in the order of its networks' names. A
    /// stopped container has none.
    public List<String> macs(String container) {
        return done(
                        "looking at the networks of " + container,
                        run(QUICK, "container", "inspect", "--format", MACS, container))
                .lines()
                .map(mac -> mac.strip().toLowerCase(Locale.ROOT))
                .filter(mac -> !mac.isEmpty())
                .toList();
    }

    /// Without the short form of the id, which Docker adds by itself.
    private static List<String> aliases(String text, String id) {
        return Stream.of(text.split(","))
                .filter(alias -> !alias.isEmpty() && !id.startsWith(alias))
                .toList();
    }

    /// Kills a container as if its power had failed. Docker does not start it again.
    public void kill(String container) {
        done("killing " + container, run(QUICK, "kill", container));
    }

    /// Stops a container cleanly.
    public void stop(String container) {
        done("stopping " + container, run(SLOW, "stop", container));
    }

    /// Starts a container; does nothing when it is running.
    public void start(String container) {
        done("starting " + container, run(SLOW, "start", container));
    }

    /// Stops a container cleanly and starts it again.
    public void restart(String container) {
        done("restarting " + container, run(SLOW, "restart", container));
    }

    /// Freezes a container: it still exists, but does nothing.
    public void pause(String container) {
        done("pausing " + container, run(QUICK, "pause", container));
    }

    /// Resumes a frozen container.
    public void unpause(String container) {
        done("unpausing " + container, run(QUICK, "unpause", container));
    }

    /// Takes a container off a network, as if its cable had been pulled.
    public void disconnect(String network, String container) {
        done(
                "disconnecting " + container + " from " + network,
                run(QUICK, "network", "disconnect", network, container));
    }

    /// Connects a container to a network, with the same address and names as before.
    public void connect(Attachment attachment, String container) {
        List<String> argv = new ArrayList<>(List.of("network", "connect"));
        argv.addAll(List.of("--ip", attachment.address()));
        attachment.aliases().forEach(alias -> argv.addAll(List.of("--alias", alias)));
        argv.addAll(List.of(attachment.network(), container));
        done("connecting " + container + " to " + attachment.network(), run(QUICK, argv));
    }

    /// Runs a program as root in a container.
    public Output exec(String container, Duration limit, String... argv) {
        List<String> all = new ArrayList<>(List.of("exec", "--user", "0", container));
        all.addAll(List.of(argv));
        return run(limit, all);
    }

    /// Starts a container that keeps running: `docker run --detach` with these arguments.
    public void startNew(List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("run", "--detach"));
        argv.addAll(arguments);
        done("starting a container", run(QUICK, argv));
    }

    /// Runs a container to its end and removes it: `docker run --rm` with these arguments.
    public Output runOnce(Duration limit, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("run", "--rm"));
        argv.addAll(arguments);
        return run(limit, argv);
    }

    /// What a container has logged so far.
    ///
    /// @throws Stop when it cannot be read
    public String logs(String container) {
        Output output = run(QUICK, "logs", container);
        done("reading the log of " + container, output);
        return (output.stdout() + output.stderr()).strip();
    }

    /// The names of all containers, running or not, with all of these labels, each as `key=value`.
    ///
    /// @throws Stop when the engine does not answer
    public List<String> labelled(List<String> labels) {
        List<String> argv = new ArrayList<>(List.of("ps", "--all", "--format", "{{.Names}}"));
        labels.forEach(label -> argv.addAll(List.of("--filter", "label=" + label)));
        return done("listing containers", run(QUICK, argv)).lines().toList();
    }

    /// Kills and removes a container; does nothing when there is none.
    public void remove(String container) {
        Output output = run(QUICK, "rm", "--force", container);
        if (!state(container).equals(ABSENT)) {
            done("removing " + container, output);
        }
    }

    private Output run(Duration limit, String... arguments) {
        return run(limit, Arrays.asList(arguments));
    }

    private Output run(Duration limit, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(arguments);
        return runner.run(Command.of(limit, argv));
    }

    private static String done(String what, Output output) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    what + " failed",
                    output.lastLines(5),
                    "unknown: the command may have done part of it",
                    "docker ps --all");
        }
        return output.stdout().strip();
    }
}
