package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An engine that `setup/engine` started where there is no systemd: all its containers are one
/// group for the kernel, which must not count as little as a single process when the processors are
/// full. A balancer that waits for a processor is late with adverts and with answers.
@Tag("containers")
class EngineShareTest {
    private static final Path OWN_LOG = Path.of("/var/log/dockerd.log");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    @Test
    void containersGoAheadOfOtherProcesses() throws IOException {
        assumeTrue(isOurs(), "an engine that somebody else started");
        Path shares = GROUPS.resolve("cpu/docker/cpu.shares");
        Path weight = GROUPS.resolve("docker/cpu.weight");

        if (Files.exists(shares)) {
            assertThat(Files.readString(shares)).isEqualTo("4096\n");
        } else {
            assertThat(Files.readString(weight)).isEqualTo("400\n");
        }
    }

    private static boolean isOurs() throws IOException {
        Path pid = Path.of("/var/run/docker.pid");
        if (!Files.isReadable(pid)) {
            return false;
        }
        Path output = Path.of("/proc", Files.readString(pid).strip(), "fd", "1");
        return Files.isSymbolicLink(output) && Files.readSymbolicLink(output).equals(OWN_LOG);
    }
}
