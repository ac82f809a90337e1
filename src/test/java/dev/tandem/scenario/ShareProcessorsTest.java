package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where there is no systemd, an engine puts all its containers into one group, `docker`, which
/// must not count as little as a single process when the processors are full: a balancer that waits
/// for a processor is late with adverts and with answers. `setup/engine` sees to it before it
/// starts one.
class ShareProcessorsTest {
    @TempDir private Path root;

    private Output shared() {
        return Shell.run(Shell.HOME, "setup/share-processors", root.toString());
    }

    @Test
    void allContainersTogetherCountAsFourProcessesInControlGroupsOfVersionOne() throws IOException {
        Files.createDirectories(root.resolve("cpu"));
        Files.writeString(root.resolve("cpu/cpu.shares"), "1024\n");

        assertThat(shared().exit()).isZero();
        assertThat(root.resolve("cpu/docker/cpu.shares")).hasContent("4096");
        assertThat(root.resolve("cpu/cpu.shares")).as("not all processes").hasContent("1024");
    }

    @Test
    void andInThoseOfVersionTwo() throws IOException {
        Files.createFile(root.resolve("cgroup.subtree_control"));

        assertThat(shared().exit()).isZero();
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+cpu");
        assertThat(root.resolve("docker/cpu.weight")).hasContent("400");
    }

    @Test
    void aKernelThatRefusesIsNoSuccess() throws IOException {
        Files.createDirectories(root.resolve("cpu/docker/cpu.shares"));
        Files.writeString(root.resolve("cpu/cpu.shares"), "1024\n");

        assertThat(shared().exit()).isEqualTo(1);
    }
}
