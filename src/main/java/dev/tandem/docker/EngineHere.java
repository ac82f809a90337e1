package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The Docker engine as a program of this machine, which can also be restarted: through systemd if
/// that runs it, otherwise by ending its process and starting it the same way as before.
///
/// @param runner the way to the engine
/// @param await how to wait for it
/// @param place which engine
public record EngineHere(Runner runner, Await await, Place place) implements Engine {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /// The engine waits for its containers to stop: those of a site have 30 s.
    private static final Duration SLOW = Duration.ofMinutes(3);

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    /// Which engine it is, and how it is started.
    ///
    /// @param addresses where it listens; a client that talks to another address talks to another
    ///   engine
    /// @param pidFile the file with the id of its process
    /// @param start what starts it, and returns when it answers or cannot
    /// @param service its name in systemd; empty: never there
    public record Place(
            List<String> addresses, Path pidFile, List<String> start, Optional<String> service) {
        public Place {
            addresses = List.copyOf(addresses);
            start = List.copyOf(start);
        }
    }

    /// The engine that `setup/engine` sets up.
    static EngineHere ofThisMachine(Runner runner, Await await) {
        Path setup = Path.of(System.getProperty("tandem.home", ".")).resolve("setup/engine");
        return new EngineHere(
                runner,
                await,
                new Place(
                        List.of("unix:///var/run/docker.sock", "unix:///run/docker.sock"),
                        Path.of("/var/run/docker.pid"),
                        List.of(setup.toAbsolutePath().toString(), "--yes", "--keep-settings"),
                        Optional.of("docker")));
    }

    /// Engines of other machines, which nothing here can restart.
    static EngineHere elsewhere(Runner runner, Await await) {
        return new EngineHere(
                runner, await, new Place(List.of(), Path.of("/"), List.of(), Optional.empty()));
    }

    @Override
    public Optional<String> obstacle() {
        if (place.addresses.isEmpty()) {
            return Optional.of(
                    "the site is over machines, and each has an engine of its own; one of them can"
                            + " be killed: engine-kill=MACHINE");
        }
        Output asked =
                run(QUICK, "docker context inspect --format {{.Endpoints.docker.Host}}".split(" "));
        String address = asked.stdout().strip();
        if (!asked.ok()) {
            return Optional.of(
                    "which engine the client talks to is not known: " + asked.lastLines(1));
        }
        if (!place.addresses.contains(address)) {
            return Optional.of("the client talks to another engine: " + address);
        }
        return isService() || process().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "neither systemd nor a dockerd of "
                                + place.pidFile
                                + " runs the engine: how to restart it is not known");
    }

    @Override
    public Containers containers() {
        return Engine.containers(runner);
    }

    @Override
    public boolean answers() {
        return Engine.answers(runner);
    }

    /// Restarts it; when this returns, it answers again.
    public void restart() {
        if (isService()) {
            done(run(SLOW, "systemctl", "restart", place.service.orElseThrow()));
        } else {
            end(ProcessHandle::destroy);
            start();
        }
        awaitAnswer();
    }

    @Override
    public void ensure() {
        if (!answers()) {
            start();
            awaitAnswer();
        }
    }

    @Override
    public void kill() {
        end(ProcessHandle::destroyForcibly);
    }

    private void end(Predicate<ProcessHandle> signal) {
        ProcessHandle process =
                process()
                        .flatMap(ProcessHandle::of)
                        .orElseThrow(() -> failed("no dockerd of " + place.pidFile));
        if (!signal.test(process)) {
            throw failed("process " + process.pid() + " could not be stopped: are you root?");
        }
        Supplier<Optional<Boolean>> another =
                () ->
                        process().filter(now -> now == process.pid()).isEmpty()
                                ? Optional.of(true)
                                : Optional.empty();
        Optional<Boolean> ended = await.until(SLOW, another);
        if (ended.isEmpty()) {
            throw failed(
                    "process %d is still running %d s later"
                            .formatted(process.pid(), SLOW.toSeconds()));
        }
    }

    private void start() {
        done(runner.run(Command.of(SLOW, place.start)));
    }

    private void awaitAnswer() {
        if (await.until(ANSWER, () -> answers() ? Optional.of(true) : Optional.empty()).isEmpty()) {
            throw failed("it does not answer within %d s".formatted(ANSWER.toSeconds()));
        }
    }

    private boolean isService() {
        if (place.service.isEmpty() || !Files.isDirectory(SYSTEMD)) {
            return false;
        }
        Output active = run(QUICK, "systemctl", "is-active", "--quiet", place.service.get());
        if (active.timedOut()) {
            throw failed("whether systemd runs it is not known: " + active.lastLines(1));
        }
        return active.ok();
    }

    /// The id of its process; empty when it is not running, or has ended and is waiting to be
    /// reaped.
    private Optional<Long> process() {
        try {
            long pid = Long.parseLong(Files.readString(place.pidFile).strip());
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            boolean runs = stat.contains(" (dockerd) ") && !stat.contains(" (dockerd) Z ");
            return runs ? Optional.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Output run(Duration limit, String... argv) {
        return runner.run(Command.of(limit, new ArrayList<>(List.of(argv))));
    }

    private static void done(Output output) {
        if (!output.ok()) {
            throw failed(output.lastLines(5));
        }
    }

    private static Stop failed(String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the Docker engine could not be restarted",
                seen,
                "the engine may be down, and every container with it",
                "docker info; if it does not answer: setup/engine");
    }
}
