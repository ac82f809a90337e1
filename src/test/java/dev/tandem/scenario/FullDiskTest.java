package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A disk that becomes full while a drill records: the fault is healed all the same, and the drill
/// says that it knows nothing. The disk is a file system of 128 KiB in memory, for the runs alone.
@Tag("containers")
@Tag("slow")
class FullDiskTest {
    @RegisterExtension static TestSite site = TestSite.likeTheCustomers();
    private Path runs = site.rendered().resolve("runs");

    @AfterEach
    void unmount() {
        Shell.run(Shell.HOME, "umount", runs.toString());
    }

    @Test
    void theFaultIsHealedAndTheDrillShowsNothing() throws IOException {
        Shell.asRoot("mount a file system");
        Files.createDirectories(runs);
        Output mounted =
                Shell.run(
                        Shell.HOME,
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=192k,mode=0755",
                        "tmpfs",
                        runs.toString());
        assertThat(mounted.ok()).as(mounted.stderr()).isTrue();

        Output drill = site.tandem("drill", "web-hang", "--yes", "--rate", "400", "--hold", "5");

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isEqualTo(6);
        assertThat(drill.stderr())
                .contains("its recording could not be written")
                .contains("no fault is open")
                .contains("df -h ");
        assertThat(drill.stderr()).contains("web-hang: docker pause " + site.container("web-a"));
        try (Stream<Path> open = Files.list(site.rendered().resolve("faults"))) {
            assertThat(open.filter(file -> file.toString().endsWith(".fault"))).isEmpty();
        }
        site.awaitWell();
    }
}
