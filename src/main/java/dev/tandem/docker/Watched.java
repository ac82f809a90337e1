package dev.tandem.docker;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine of a machine that is reached without a tunnel of ours: as `here`, or by a context. It
/// is watched as those are that have one, by the `docker` command.
final class Watched implements Runner {
    /// To be there and say so.
    private static final Duration OPEN = Duration.ofSeconds(6);

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final List<String> PING =
            List.of("docker", "version", "--format", "{{.Server.Version}}");

    private final Runner runner;
    private final String machine;
    private final String next;

    private Watched(Runner runner, String machine, String next) {
        this.runner = runner;
        this.machine = machine;
        this.next = next;
    }

    /// The way to it, if it answers.
    ///
    /// @param next the command that shows more
    static Reached open(Runner runner, String machine, String next) {
        Watched watched = new Watched(runner, machine, next);
        return watched.silence(OPEN)
                .<Reached>map(why -> why)
                .orElseGet(() -> new Reached.Direct(watched));
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        return EngineWatch.during(() -> silence(ANSWER), () -> runner.run(command, line));
    }

    @Override
    public Following follow(Command command, Path file) {
        return runner.follow(command, file);
    }

    @Override
    public Optional<Path> socket() {
        return runner.socket();
    }

    @Override
    public Optional<String> read(Page page) {
        return runner.read(page);
    }

    @Override
    public Where where() {
        return runner.where();
    }

    private Optional<Unreachable> silence(Duration limit) {
        try {
            Output output = runner.run(Command.of(limit, PING));
            if (output.ok()) {
                return Optional.empty();
            }
            return Optional.of(output.timedOut() ? late(limit) : said(output.lastLines(1)));
        } catch (Stop e) {
            return Optional.of(new Unreachable(machine, Why.OTHER, e.seen(), e.next()));
        }
    }

    private Unreachable late(Duration limit) {
        String seen = "its engine has not answered within " + limit.toSeconds() + " s";
        boolean here = runner.where() == Where.HERE;
        return new Unreachable(machine, here ? Why.ENGINE_HANGS : Why.SILENT, seen, next);
    }

    private Unreachable said(String words) {
        return Answers.notAllowed(words)
                .map(cure -> new Unreachable(machine, Why.NOT_ALLOWED, words, cure))
                .orElseGet(() -> new Unreachable(machine, Why.ENGINE_DOWN, words, next));
    }
}
