package dev.tandem.scenario;

import dev.tandem.Tandem;
import dev.tandem.cli.Console;
import dev.tandem.docker.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `tandem` inside the test's Java machine: the program as it is wired, without the second of a
/// processor that a new Java machine takes to read and compile it (docs/decisions/0020-check.md).
final class CalledTandem {
    /// Those that run for long, or are given other paths than that of the site file, which a
    /// process takes from its working directory.
    private static final Set<String> PROCESSES =
            Set.of("drill", "dashboard", "report", "render", "logs", "import", "man", "version");

    /// Those that watch the requests of a balancer that was changed.
    private static final Set<String> WATCHING = Set.of("up", "apply", "rollback");

    private CalledTandem() {}

    /// Whether a command line needs a process of its own.
    static boolean isProcess(String... arguments) {
        return arguments.length == 0 || PROCESSES.contains(arguments[0]);
    }

    /// Runs a command line as if it was typed in a directory, without a terminal. A change watches
    /// for a second, unless it is told how long: who counts requests in a test sees more.
    static Output run(Path directory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(printing(out), printing(err), Console.Style.LINES);
        int exit = Tandem.run(console, directory, briefly(arguments)).number();
        return new Output(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String[] briefly(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(arguments));
        if (WATCHING.contains(argv.getFirst()) && !argv.contains("--watch-time")) {
            argv.addAll(List.of("--watch-time", "1"));
        }
        return argv.toArray(String[]::new);
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
