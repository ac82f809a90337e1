package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The secret of a site's drills: made once, for its owner and its web servers alone.
class DrillSecretTest {
    @TempDir private Path root;
    private SiteDirectory directory = new SiteDirectory(Path.of(""));

    @BeforeEach
    void begin() {
        directory = new SiteDirectory(root.resolve("site"));
    }

    private DrillSecret secret() {
        return DrillSecret.of(directory, new SecureRandom());
    }

    private String mode(String path) throws IOException {
        Path file = directory.root().resolve(path);
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void itIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
        DrillSecret made = secret();

        assertThat(secret()).isEqualTo(made);
        assertThat(mode(".drill-secret")).isEqualTo("rw-------");
        assertThat(DrillSecret.of(new SiteDirectory(root.resolve("other")), new SecureRandom()))
                .isNotEqualTo(made);
    }

    @Test
    void aFileThatHoldsNoneIsReplaced() throws IOException {
        directory.note(".drill-secret", "\"; evil\n");

        DrillSecret made = secret();

        assertThat(made.value()).matches("[0-9a-f]{32}");
        assertThat(secret()).isEqualTo(made);
        assertThat(mode(".drill-secret")).isEqualTo("rw-------");
    }

    @Test
    void eachWebServerOfTheSiteHasItInAFileOfItsOwn() throws IOException {
        Site site = Sample.site();
        SiteDirectory next = new SiteDirectory(root.resolve("next"));

        secret().give(site, next);

        assertThat(site.ownServers())
                .isNotEmpty()
                .allSatisfy(server -> {
                    String path = "tls/" + server.name() + "/drill.conf";
                    assertThat(next.read(path)).endsWith("\n\"" + secret().value() + "\" 1;\n");
                    Path file = next.root().resolve(path);
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                });
    }

    @Test
    void aPlanThatIsOnlyShownLeavesNone() {
        DrillSecret.shown(directory, new SecureRandom());
        assertThat(directory.root()).doesNotExist();

        DrillSecret made = secret();
        assertThat(DrillSecret.shown(directory, new SecureRandom())).isEqualTo(made);
    }

    @Test
    void noMessageShowsIt() {
        assertThat(secret().toString()).doesNotContain(secret().value());
    }

    @Test
    void aDiskThatRefusesIsExplained() throws IOException {
        Files.createDirectories(root.resolve("site/..drill-secret.new/in-the-way"));

        assertThatThrownBy(this::secret)
                .isInstanceOf(Stop.class)
                .hasMessageContaining("secret for drills");
    }
}
