package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.scenario.SecondJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One change at a time: tried with a second Java machine, since the kernel's locks are between
/// processes.
class SiteLockTest {
    @TempDir private Path root;

    /// Another process that holds the lock.
    private Process holder() throws IOException, URISyntaxException {
        return SecondJvm.start(LockHolder.class, SiteLock.class, root, "held");
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

    /// It says the same each time, also where the name cannot be resolved: a lock that this machine
    /// left is known by it.
    @Test
    void theMachineIsNamedAsItsKernelDoes() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        assertThat(ChangeLock.me())
                .isEqualTo(
                        "%s@%s, process %d"
                                .formatted(
                                        System.getProperty("user.name"),
                                        host,
                                        ProcessHandle.current().pid()));
    }
}
