package dev.tandem.docker;

import dev.tandem.model.Stop;
import dev.tandem.model.Subnet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The engine, as seen through the `docker` command.
public final class Docker {
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration COMPOSE = Duration.ofMinutes(3);

    /// More for each service that Compose is told of. A hundred at once, on two busy processors,
    /// were seen to take two minutes.
    private static final Duration EACH = Duration.ofSeconds(3);

    /// For all services of a project, however many.
    private static final Duration ALL = Duration.ofMinutes(10);

    /// Events that change a container; running a program or a check in it does not.
    private static final List<String> EVENTS =
            List.of("kill", "die", "stop", "start", "restart", "pause", "unpause");

    private static final String EVENT =
            "{{.TimeNano}} {{.Action}} {{index .Actor.Attributes \"name\"}}";

    private static final String MEMBER =
            "{{range .Containers}}{{.Name}}\t{{.MacAddress}}\t{{.IPv4Address}}"
                    + "{{\"\\n\"}}{{end}}";

    /// A control sequence of a terminal (ECMA-48, section 5.4).
    private static final Pattern CONTROL = Pattern.compile("\\x1b\\[[0-?]*[ -/]*[@-~]");

    private final Runner runner;
    private final Optional<EngineApi> api;

    public Docker(Runner runner) {
        this(runner, EngineApi.of(runner));
    }

    Docker(Runner runner, Optional<EngineApi> api) {
        this.runner = runner;
        this.api = api;
    }

    /// Where the engine runs.
    public Where where() {
        return runner.where();
    }

    /// What a page says on the engine's machine; empty when it says nothing, or cannot be reached
    /// from here.
    public Optional<String> read(Page page) {
        return runner.read(page);
    }

    /// The volumes of the same engine.
    public Volumes volumes() {
        return new Volumes(runner);
    }

    /// The images of the same engine.
    public ImageStore images() {
        return new ImageStore(runner);
    }

    /// A directory on the engine's machine.
    ///
    /// @param image one that the engine has, with a shell
    /// @param container the name of the container through which it is worked on
    public FarDirectory directory(String image, String path, String container) {
        return new FarDirectory(runner, image, path, container);
    }

    /// The engine's version; empty when there is no engine, or not for this user.
    ///
    /// @throws Stop when the client does not end: there may well be one
    public Optional<String> engineVersion() {
        Output output = Answers.ended(docker("version", "--format", "{{.Server.Version}}"));
        return output.ok() ? Optional.of(output.stdout().strip()) : Optional.empty();
    }

    /// Compose's version; empty when there is no Compose v2.
    ///
    /// @throws Stop when the client does not end
    public Optional<String> composeVersion() {
        Output output = Answers.ended(docker("compose", "version", "--short"));
        return output.ok() ? Optional.of(output.stdout().strip()) : Optional.empty();
    }

    /// What the engine says about itself and its machine.
    ///
    /// @throws Stop when the engine does not answer
    public EngineInfo info() {
        return EngineInfo.of(docker("info", "--format", EngineInfo.FORMAT));
    }

    /// The name of a bridge network in the kernel of the engine's machine.
    ///
    /// @throws Stop when there is no such network
    public String bridge(String network) {
        String name =
                "{{with index .Options \"com.docker.network.bridge.name\"}}{{.}}{{else}}"
                        + "br-{{slice .Id 0 12}}{{end}}";
        return Answers.answered(docker("network", "inspect", "--format", name, network))
                .stdout()
                .strip();
    }

    /// The containers running on a network, including those of others.
    ///
    /// @throws Stop when there is no such network
    public List<Member> members(String network) {
        return members(docker("network", "inspect", "--format", MEMBER, network));
    }

    /// The same; none when there is no such network.
    ///
    /// @throws Stop when the engine does not answer
    public List<Member> attached(String network) {
        return api.flatMap(engine -> engine.members(network))
                .orElseGet(() -> attachedByCommand(network));
    }

    private List<Member> attachedByCommand(String network) {
        Output output = docker("network", "inspect", "--format", MEMBER, network);
        return output.noSuch() ? List.of() : members(output);
    }

    private static List<Member> members(Output output) {
        return Answers.answered(output).lines().stream()
                .map(line -> line.split("\t", -1))
                .filter(f -> f.length == 3)
                .map(f ->
                        new Member(f[0], f[1].toLowerCase(Locale.ROOT), f[2].replaceAll("/.*", "")))
                .toList();
    }

    /// Attaches a container to a network.
    ///
    /// @param alias its name there, besides its own
    public Output connect(String network, String address, String alias, String container) {
        return docker("network", "connect", "--ip", address, "--alias", alias, network, container);
    }

    /// Takes a container off a network.
    public Output disconnect(String network, String container) {
        return docker("network", "disconnect", network, container);
    }

    /// All containers of the engine, running or not.
    ///
    /// @throws Stop when the engine does not answer
    public List<Container> containers() {
        return containers(List.of());
    }

    /// The same for one Compose project.
    ///
    /// @throws Stop when the engine does not answer
    public List<Container> containers(String project) {
        return api.flatMap(engine -> engine.containers(project))
                .orElseGet(() ->
                        containers(
                                List.of(
                                        "--filter",
                                        "label=com.docker.compose.project=" + project)));
    }

    private List<Container> containers(List<String> filter) {
        List<String> argv = new ArrayList<>(List.of("ps", "--all", "--no-trunc"));
        argv.addAll(filter);
        argv.addAll(
                List.of(
                        "--format",
                        "{{.Names}}\t{{.State}}\t{{.Status}}\t{{.Image}}"
                                + "\t{{.Label \"com.docker.compose.service\"}}"
                                + "\t{{.Label \"com.docker.compose.project\"}}"
                                + "\t{{.Label \"com.docker.compose.project.working_dir\"}}"
                                + "\t{{.Label \"dev.tandem.role\"}}"
                                + "\t{{.Label \"dev.tandem.config\"}}"));
        return Answers.answered(docker(argv.toArray(String[]::new))).lines().stream()
                .map(line -> line.split("\t", -1))
                .map(f -> new Container(f[0], f[4], f[1], f[2], f[3], f[5], f[6], f[7], f[8]))
                .toList();
    }

    /// How the engine starts containers again, in its own word, by their names: `unless-stopped`,
    /// `no`, ... One that is gone by now is missing.
    ///
    /// @throws Stop when the engine does not answer
    public Map<String, String> restartPolicies(List<String> containers) {
        return containers.isEmpty()
                ? Map.of()
                : api.flatMap(engine -> engine.restartPolicies(containers))
                        .orElseGet(() -> policiesByCommand(containers));
    }

    private Map<String, String> policiesByCommand(List<String> containers) {
        List<String> argv = new ArrayList<>(List.of("container", "inspect", "--format"));
        argv.add("{{.Name}}\t{{.HostConfig.RestartPolicy.Name}}");
        argv.addAll(containers);
        Output output = docker(argv.toArray(String[]::new));
        return (output.noSuch() ? output : Answers.answered(output))
                .lines().stream()
                        .map(line -> line.split("\t", -1))
                        .filter(f -> f.length == 2)
                        .collect(Collectors.toMap(f -> f[0].replaceFirst("^/", ""), f -> f[1]));
    }

    /// Has the engine start a container again by another policy.
    public Output restartBy(String policy, String container) {
        return docker("update", "--restart", policy, container);
    }

    /// All networks of the engine.
    ///
    /// @throws Stop when the engine does not answer
    public List<DockerNetwork> networks() {
        List<String> ids = Answers.answered(docker("network", "ls", "--quiet")).lines();
        List<String> argv = new ArrayList<>(List.of("docker", "network", "inspect", "--format"));
        argv.add(
                "{{.Name}}\t{{.Driver}}\t{{range .IPAM.Config}}{{.Subnet}} {{end}}"
                        + "\t{{index .Options \"parent\"}}"
                        + "\t{{index .Labels \"com.docker.compose.project\"}}");
        argv.addAll(ids);
        // A network that disappeared between the two calls makes the exit code 1; the others are
        // still listed.
        Output output = runner.run(Command.of(QUICK, argv));
        return (output.noSuch() ? output : Answers.answered(output))
                .lines().stream()
                        .filter(line -> !line.isBlank())
                        .map(line -> line.split("\t", -1))
                        .map(f -> new DockerNetwork(f[0], f[1], subnets(f[2]), f[3], f[4]))
                        .toList();
    }

    private static List<Subnet> subnets(String text) {
        return Stream.of(text.split(" ")).flatMap(word -> Subnet.parse(word).stream()).toList();
    }

    /// Runs a command in a container.
    public Output exec(String container, Duration limit, String... argv) {
        List<String> all = new ArrayList<>(List.of("docker", "exec", container));
        all.addAll(List.of(argv));
        return runner.run(Command.of(limit, all));
    }

    /// Whether the engine has an image of this name.
    ///
    /// @throws Stop when the engine does not answer
    public boolean hasImage(String image) {
        return Answers.there(docker("image", "inspect", "--format", "{{.Id}}", image)).isPresent();
    }

    /// Runs a container to its end and removes it: `docker run --rm` with these arguments.
    public Output runOnce(Duration limit, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("docker", "run", "--rm"));
        argv.addAll(arguments);
        return runner.run(Command.of(limit, argv));
    }

    /// Runs `docker compose` in the directory of a site.
    public Output compose(Path directory, Consumer<String> line, String... arguments) {
        List<String> argv =
                new ArrayList<>(
                        List.of("docker", "compose", "--ansi", "never", "--progress", "plain"));
        argv.addAll(List.of(arguments));
        Duration limit = COMPOSE.plus(EACH.multipliedBy(arguments.length));
        return runner.run(Command.of(limit, argv).in(directory), line);
    }

    /// The same where the site lies on another machine: the file is here, and what it names is
    /// there.
    ///
    /// @param there the directory on the engine's machine
    public Output composeFor(
            Path file, String there, Consumer<String> line, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("docker", "compose", "--ansi", "never"));
        argv.addAll(List.of("--progress", "plain", "--project-directory", there));
        argv.addAll(List.of("--file", file.toString()));
        argv.addAll(arguments);
        Duration limit = COMPOSE.plus(EACH.multipliedBy(arguments.size()));
        return runner.run(Command.of(limit, argv).in(Path.of("/")), line);
    }

    /// Runs `docker compose` by project name alone: for a site whose files are gone or wrong.
    public Output composeProject(String project, Consumer<String> line, String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of("docker", "compose", "--project-name", project));
        argv.addAll(List.of("--ansi", "never", "--progress", "plain"));
        argv.addAll(List.of(arguments));
        return runner.run(Command.of(ALL, argv).in(Path.of("/")), line);
    }

    /// Resumes a paused container.
    public Output unpause(String container) {
        return docker("unpause", container);
    }

    /// Stops a container cleanly and removes it.
    public Output remove(String container) {
        return removed(container, List.of("docker", "stop", container));
    }

    /// The same within a time, in seconds: what it has not ended by then is cut.
    public Output remove(String container, int within) {
        return removed(container, List.of("docker", "stop", "--time", "" + within, container));
    }

    private Output removed(String container, List<String> stop) {
        Output stopped = runner.run(Command.of(COMPOSE, stop));
        return stopped.ok() ? docker("rm", container) : stopped;
    }

    /// Logs of a Compose project, line by line, each as `CONTAINER | TEXT`; returns the exit code.
    /// What Docker itself has to say comes between them.
    public int readLogs(String project, LogPart part, Consumer<String> line) {
        return readLogs(logs(project, part, List.of()), line);
    }

    /// The same, each as `CONTAINER | TIME TEXT` (RFC 3339).
    public int readTimedLogs(String project, LogPart part, Consumer<String> line) {
        return readLogs(logs(project, part, List.of("--timestamps")), line);
    }

    /// Compose 2.26 erases the line before each of its own (`ESC[2K`), whatever it was told.
    private int readLogs(Command command, Consumer<String> line) {
        Consumer<String> plain = text -> line.accept(CONTROL.matcher(text).replaceAll(""));
        return runner.run(command.passedOn(), plain).exit();
    }

    private static Command logs(String project, LogPart part, List<String> more) {
        List<String> argv = new ArrayList<>(List.of("docker", "compose", "--ansi", "never"));
        argv.addAll(List.of("--project-name", project, "logs", "--no-color"));
        argv.addAll(more);
        argv.addAll(part.options());
        Duration limit = part.which() == LogPart.Which.FOLLOWED ? Duration.ofDays(1) : COMPOSE;
        return Command.of(limit, argv).in(Path.of("/"));
    }

    /// The last lines that a container logged.
    public String logs(String container, int lines) {
        Output output = docker("logs", "--tail", Integer.toString(lines), container);
        return (output.stdout() + output.stderr()).strip();
    }

    /// What a container has logged since a moment, on both streams, each line prefixed with its
    /// time (RFC 3339).
    public Output logsSince(String container, Instant since) {
        Output output = docker("logs", "--timestamps", "--since", since.toString(), container);
        return new Output(output.exit(), output.stdout() + output.stderr(), "");
    }

    /// Writes what a container logs from a moment on into a file, as it logs it, until the
    /// container ends: for a container that may be gone by the time it is asked.
    public Following followLogs(String container, Instant since, Path file) {
        List<String> argv = new ArrayList<>(List.of("docker", "logs", "--follow", "--timestamps"));
        argv.addAll(List.of("--since", since.toString(), container));
        return runner.follow(Command.of(QUICK, argv), file);
    }

    /// The id of a container, which distinguishes it from a later one of the same name; empty when
    /// there is none.
    ///
    /// @throws Stop when the engine does not answer
    public Optional<String> id(String container) {
        return Answers.there(docker("container", "inspect", "--format", "{{.Id}}", container))
                .map(output -> output.stdout().strip());
    }

    /// What the engine did to some containers between two moments, one per line: nanoseconds since
    /// 1970, the action (`kill`, `pause`, `die`, `start`, ...), the container.
    ///
    /// @param containers their names
    public Output events(List<String> containers, Instant since, Instant until) {
        List<String> argv = new ArrayList<>(List.of("docker", "events"));
        argv.addAll(List.of("--since", since.toString(), "--until", until.toString()));
        argv.addAll(List.of("--filter", "type=container", "--format", EVENT));
        EVENTS.forEach(name -> argv.addAll(List.of("--filter", "event=" + name)));
        containers.forEach(name -> argv.addAll(List.of("--filter", "container=" + name)));
        return runner.run(Command.of(QUICK, argv));
    }

    Output docker(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        return runner.run(Command.of(QUICK, argv));
    }
}
