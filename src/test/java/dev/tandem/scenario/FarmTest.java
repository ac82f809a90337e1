package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The machines of the farm fail as machines do, and nothing of them stays, even if nobody took
/// them down.
@Tag("containers")
class FarmTest {
    /// An id that no other run has.
    private static final String RUN = TestSite.CHECK + "f";

    private static final Path DIRECTORY = Path.of("/tmp/tandem-check-" + RUN + "-farm");

    /// At the port of ssh.
    private static final String KNOCK = "</dev/tcp/%s/22";

    private static Output farm(String... words) {
        List<String> argv =
                Stream.concat(
                                Stream.of("env", "FARM=" + DIRECTORY, "src/test/farm/farm"),
                                Stream.of(words))
                        .toList();
        return Shell.run(Shell.HOME, argv.toArray(String[]::new));
    }

    private static boolean hears(String machine, String address) {
        return farm("in", machine, "timeout", "1", "bash", "-c", KNOCK.formatted(address)).ok();
    }

    private static boolean controllerHears(String address) {
        return farm("lan", "timeout", "1", "bash", "-c", KNOCK.formatted(address)).ok();
    }

    @Test
    void machinesFailAsMachinesDoAndNothingOfThemStays() throws IOException {
        try {
            Output up = farm("up", "m1", "m2");
            assertThat(up.ok()).as(up.stderr()).isTrue();
            assertThat(hears("m1", "192.168.0.12")).isTrue();
            assertThat(farm("lan", "ssh", "root@192.168.0.12", "hostname").stdout())
                    .isEqualTo("m2\n");
            assertThat(farm("in", "m1", "ls", DIRECTORY.toString()).ok())
                    .as("a machine sees nothing of the controller's files")
                    .isFalse();

            linesAreCut();
            powerGoes();
        } finally {
            Shell.answer("setup/sweep", RUN); // as after a run that was killed
        }
        assertThat(DIRECTORY).doesNotExist();
        assertThat(named("/run/netns")).isEmpty();
        assertThat(named("/sys/fs/cgroup")).isEmpty();
        assertThat(named("/sys/fs/cgroup/cpu")).isEmpty();
        assertThat(Shell.run(Shell.HOME, "pgrep", "-f", DIRECTORY.toString()).stdout()).isEmpty();
    }

    private static void linesAreCut() {
        farm("part", "m1", "m2", "on");
        assertThat(hears("m1", "192.168.0.12")).isFalse();
        assertThat(controllerHears("192.168.0.11")).isTrue();
        farm("part", "m1", "m2", "off");
        assertThat(hears("m1", "192.168.0.12")).isTrue();

        farm("cable", "m2", "out");
        assertThat(farm("in", "m2", "cat", "/sys/class/net/ens33/carrier").stdout())
                .isEqualTo("0\n");
        farm("cable", "m2", "in");
        farm("silent", "m2", "on");
        assertThat(farm("in", "m2", "cat", "/sys/class/net/ens33/carrier").stdout())
                .isEqualTo("1\n");
        assertThat(controllerHears("192.168.0.12")).isFalse();
        farm("silent", "m2", "off");
        TestSite.await("m2 is heard again", () -> controllerHears("192.168.0.12"));
    }

    private static void powerGoes() {
        farm("off", "m2");
        assertThat(controllerHears("192.168.0.12")).isFalse();
        farm("on", "m2");
        assertThat(farm("wait", "m2").ok()).isTrue();
        assertThat(controllerHears("192.168.0.12")).isTrue();
    }

    private static List<Path> named(String directory) throws IOException {
        if (!Files.isDirectory(Path.of(directory))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(Path.of(directory))) {
            return all.filter(one -> one.getFileName().toString().startsWith("tc" + RUN)).toList();
        }
    }
}
