package dev.tandem.drill;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/// Runs the commands of a {@link Change} as an operator types them, and records their output:
///
/// ```
/// $ tandem switchover haproxy-b
/// haproxy-b holds the VIP
/// # exit 0 after 0.412 s
/// ```
///
/// Nothing is read from a terminal, so a command that would ask needs its answer up front
/// (`--yes`).
final class OperatorShell {
    /// How long all commands of a change may take together; the load and the watch on the VIP run a
    /// little longer.
    private static final Duration LONGEST = Duration.ofMinutes(18);

    private final Runner runner;
    private final LongSupplier clock;
    private final StringBuilder log = new StringBuilder();

    /// @param clock nanoseconds from the run's zero
    OperatorShell(Runner runner, LongSupplier clock) {
        this.runner = runner;
        this.clock = clock;
    }

    /// Runs them until one does not end as expected.
    ///
    /// @param file where their output is written
    /// @return the commands that ran
    List<CommandRun> run(Change change, Path file) throws IOException {
        long end = clock.getAsLong() + LONGEST.toNanos();
        List<CommandRun> runs = new ArrayList<>();
        for (String command : change.commands()) {
            if (!runs.stream().allMatch(CommandRun::asExpected)) {
                log.append("# not run: ").append(command).append('\n');
                continue;
            }
            int expected = change.expected(runs.size());
            Duration limit = Duration.ofNanos(Math.max(1, end - clock.getAsLong()));
            runs.add(run(command, expected, limit, change.directory()));
            Disk.replace(file, log.toString());
        }
        Disk.replace(file, log.toString());
        return runs;
    }

    private CommandRun run(String command, int expected, Duration limit, Path directory) {
        Queue<String> said = new ConcurrentLinkedQueue<>();
        long from = clock.getAsLong();
        List<String> argv = List.of("/bin/sh", "-c", command);
        Output output = runner.run(Command.of(limit, argv).in(directory), said::add);
        CommandRun run = new CommandRun(command, expected, output.exit(), from, clock.getAsLong());
        log.append("$ ").append(command).append('\n');
        said.forEach(line -> log.append(line).append('\n'));
        if (output.exit() == Output.TIMED_OUT) {
            log.append("# ended after ").append(LONGEST.toMinutes()).append(" minutes at most\n");
        }
        log.append("# %s after %s\n".formatted(run.ending(), Seconds.text(run.took())));
        return run;
    }
}
