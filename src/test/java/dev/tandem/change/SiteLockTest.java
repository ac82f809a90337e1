package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.deploy.SiteDirectory;
import dev.tandem.model.Stop;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One change at a time: tried with a second Java machine, since the kernel's locks are between
/// processes.
class SiteLockTest {
    @TempDir private Path root;

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    /// Another process that holds the lock.
    private Process holder() throws IOException, URISyntaxException {
        String path =
                String.join(File.pathSeparator, place(SiteLock.class), place(LockHolder.class));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-XX:+UseSerialGC",
                                "-cp",
                                path,
                                LockHolder.class.getName(),
                                root.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("held");
        return process;
    }

    @Test
    void whatAnotherProcessHoldsIsRefusedUntilItEnds() throws Exception {
        SiteDirectory directory = new SiteDirectory(root);
        Process other = holder();
        try {
            assertThatExceptionOfType(Stop.class)
                    .isThrownBy(() -> SiteLock.take(directory, "apply by root"))
                    .satisfies(stop -> {
                        assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                        assertThat(stop).hasMessage("another tandem is changing this site");
                        assertThat(stop.seen()).isEqualTo("apply by root");
                        assertThat(stop.state()).isEqualTo("this call changed nothing");
                        assertThat(stop.next())
                                .isEqualTo("wait for it to end: ps -p " + other.pid());
                    });
        } finally {
            other.destroyForcibly();
        }
        other.waitFor();
        SiteLock.take(directory, "apply by root").close();
    }

    @Test
    void closedItIsFreeAgain() {
        SiteDirectory directory = new SiteDirectory(root);
        SiteLock.take(directory, "apply by root").close();
        SiteLock.take(directory, "apply by root").close();
        assertThat(directory.read(".lock"))
                .isEqualTo(ProcessHandle.current().pid() + "\napply by root\n");
    }
}
