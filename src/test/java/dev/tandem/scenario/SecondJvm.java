package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Runs a program of the tests in a Java machine of its own: for what shows only between two
/// processes, such as a lock of the kernel, or what is left when one of them ends.
public final class SecondJvm {
    private SecondJvm() {}

    /// Starts it, and waits for the line by which it says that it is ready. A signal that this
    /// process ignores would be ignored there, too (`nohup`, a job in the background of a script):
    /// so all are as they are by default.
    ///
    /// @param program has the method `main`, which is given the path
    /// @param tested a class of Tandem, all of which it may use
    public static Process start(Class<?> program, Class<?> tested, Path path, String ready)
            throws IOException, URISyntaxException {
        String classes = String.join(File.pathSeparator, place(tested), place(program));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                "env",
                                "--default-signal",
                                java,
                                "-XX:+UseSerialGC",
                                "-cp",
                                classes,
                                program.getName(),
                                path.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo(ready);
        return process;
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
