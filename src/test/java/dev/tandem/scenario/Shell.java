package dev.tandem.scenario;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Runs commands as a user types them.
public final class Shell {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /// Where the project is: `tandem` and `images/` are there.
    public static final Path HOME =
            Path.of(System.getProperty("tandem.home", ".")).toAbsolutePath();

    private Shell() {}

    /// Runs it and returns what it said, whatever its exit code.
    public static Output run(Path directory, String... argv) {
        return new Processes().run(Command.of(LIMIT, List.of(argv)).in(directory));
    }

    /// Types a line, words between single spaces, no quoting; returns its answer.
    ///
    /// @throws AssertionError when its exit code is not 0
    public static String type(String line) {
        return answer(line.split(" ", -1));
    }

    /// Runs it and returns its answer.
    ///
    /// @throws AssertionError when its exit code is not 0
    public static String answer(String... argv) {
        Output output = run(HOME, argv);
        if (!output.ok()) {
            throw new AssertionError(
                    Arrays.toString(argv)
                            + " ended with "
                            + output.exit()
                            + ":\n"
                            + output.stdout()
                            + output.stderr());
        }
        return output.stdout().strip();
    }
}
