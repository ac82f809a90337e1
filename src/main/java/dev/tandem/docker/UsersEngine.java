package dev.tandem.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine that the user's `docker` talks to: by `DOCKER_HOST`, a context, or this machine's
/// own. One that is reached by ssh gets a tunnel at the first command for it; the others cost
/// nothing here.
public final class UsersEngine implements Runner, AutoCloseable {
    private static final Duration QUICK = Duration.ofSeconds(20);

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    private final Processes local = new Processes();
    private final Map<String, String> environment;
    private final Where where;
    private Optional<Runner> way = Optional.empty();
    private Optional<Engines> engines = Optional.empty();

    /// @param environment that of this process
    public UsersEngine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.where = Where.of(this.environment, config());
    }

    private String config() {
        String home = environment.getOrDefault("HOME", "/nowhere");
        String directory = environment.getOrDefault("DOCKER_CONFIG", home + "/.docker");
        try {
            return Files.readString(Path.of(directory, "config.json"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Where where() {
        return where;
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        return of(command).run(command, line);
    }

    @Override
    public Following follow(Command command, Path file) {
        return of(command).follow(command, file);
    }

    @Override
    public Optional<Path> socket() {
        return where == Where.HERE ? Optional.of(SOCKET) : Optional.empty();
    }

    @Override
    public Optional<String> read(Page page) {
        return where == Where.HERE ? page.get() : Optional.empty();
    }

    private Runner of(Command command) {
        return where == Where.HERE || !command.argv().getFirst().equals("docker") ? local : way();
    }

    private synchronized Runner way() {
        if (way.isEmpty()) {
            way = Optional.of(Remote.of(address()).map(this::through).orElse(local));
        }
        return way.get();
    }

    private Runner through(Remote machine) {
        Engines opened = Engines.open(List.of(machine));
        engines = Optional.of(opened);
        return opened.of(machine);
    }

    private String address() {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return host;
        }
        List<String> inspect =
                List.of("docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
        return local.run(Command.of(QUICK, inspect)).stdout().strip();
    }

    /// Ends the tunnel. Not at exit, when others may still need the engine to undo what they did: a
    /// tunnel whose Tandem is gone ends by itself.
    @Override
    public synchronized void close() {
        engines.ifPresent(Engines::close);
    }
}
