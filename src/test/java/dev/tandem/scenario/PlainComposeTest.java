package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A rendered directory is a product of its own: Compose runs it without Tandem.
@Tag("containers")
class PlainComposeTest {

    @Test
    void aRenderedDirectoryRunsWithoutTandem() {
        TestSite site = TestSite.likeTheCustomers();
        Path directory = site.directory().resolve("rendered");
        assertThat(site.tandem("render", "-o", "rendered").exit()).isZero();
        assertThat(Shell.run(directory, "docker", "compose", "config", "--quiet").ok()).isTrue();

        Output up = Shell.run(directory, "docker", "compose", "up", "-d", "--wait");
        try {
            assertThat(up.exit()).as(up.stderr()).isZero();
            String ca = directory.resolve("tls/ca.pem").toString();
            String url = "https://" + site.lan(150) + "/";
            TestSite.await(
                    "the VIP answers",
                    () -> Shell.run(directory, "curl", "-sf", "--cacert", ca, url).ok());
            assertThat(site.whoAnswers("http://" + site.lan(150) + "/", 4))
                    .containsOnly("web-a", "web-b");
        } finally {
            assertThat(Shell.run(directory, "docker", "compose", "down").exit()).isZero();
        }
    }

    @Test
    void renderingIntoADirectoryLeavesAloneWhatIsThere() {
        TestSite site = TestSite.likeTheCustomers();
        site.file("precious/data.txt", "mine\n");

        assertThat(site.tandem("render", "-o", ".").exit()).isZero();

        assertThat(site.directory().resolve("precious/data.txt")).hasContent("mine");
        assertThat(site.directory().resolve("tandem.yaml")).isNotEmptyFile();
        assertThat(site.directory().resolve("haproxy-a/haproxy.cfg")).isNotEmptyFile();
    }

    @Test
    void renderingTwiceGivesTheSameBytesAndKeysThatOnlyTheirOwnerReads() throws IOException {
        TestSite site = TestSite.likeTheCustomers();
        assertThat(site.tandem("render").exit()).isZero();

        Output second = site.tandem("render");

        assertThat(second.exit()).isZero();
        assertThat(second.stdout()).as("no file was written again").isEmpty();
        assertThat(site.directory().resolve(".tandem/.gitignore")).content().contains("\n*\n");
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        assertThat(site.rendered().resolve("tls/.gitignore")).content().endsWith("\n*\n");
        try (Stream<Path> files = Files.walk(site.rendered())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("PRIVATE KEY")) {
                    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(ownerOnly);
                }
            }
        }
    }
}
