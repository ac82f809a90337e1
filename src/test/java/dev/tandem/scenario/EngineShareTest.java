package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Where there is no systemd, an engine puts all its containers into one group, `docker`, which
/// must not count as little as a single process when the processors are full: a balancer that waits
/// for a processor is late with adverts and with answers, and every other test of it with them.
/// `setup/engine` sees to it; an engine that somebody else started so has to be helped by hand.
@Tag("containers")
class EngineShareTest {
    /// Of control groups of version 1; the usual is 1024.
    private static final Path SHARES = Path.of("/sys/fs/cgroup/cpu/docker/cpu.shares");

    /// Of version 2; the usual is 100.
    private static final Path WEIGHT = Path.of("/sys/fs/cgroup/docker/cpu.weight");

    @Test
    void containersGoAheadOfOtherProcesses() throws IOException {
        if (Files.exists(SHARES)) {
            holds(SHARES, 4096);
        } else if (Files.exists(WEIGHT)) {
            holds(WEIGHT, 400);
        } else {
            Output driver =
                    Shell.run(Shell.HOME, "docker", "info", "--format", "{{.CgroupDriver}}");
            assertThat(driver.stdout().strip())
                    .as("who puts each container beside the engine, so that its own share counts")
                    .isEqualTo("systemd");
        }
    }

    private static void holds(Path file, int least) throws IOException {
        assertThat(Integer.parseInt(Files.readString(file).strip()))
                .as("the share of all containers together; to raise it: echo %d >%s", least, file)
                .isGreaterThanOrEqualTo(least);
    }
}
