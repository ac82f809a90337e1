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

    /// Goes on only as root, for a test of what only root may do: a mount, an engine of its own.
    /// For anybody else it fails: a test that is skipped would pass for one that showed something.
    ///
    /// @param what what only root may do: `mount a file system`
    /// @throws AssertionError when it is not root
    public static void asRoot(String what) {
        String user = answer("id", "-u");
        if (!user.equals("0")) {
            throw new AssertionError(
                    "only root may "
                            + what
                            + ", and this is user "
                            + user
                            + ": this test shows nothing; next: run it as root");
        }
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
