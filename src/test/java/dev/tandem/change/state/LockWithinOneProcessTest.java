package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two threads of one Tandem, such as a server and a call to it, exclude each other as two
/// processes do.
class LockWithinOneProcessTest {
    @TempDir private Path root;

    @Test
    void whatThisProcessHoldsIsRefusedToo() {
        SiteDirectory directory = new SiteDirectory(root);
        try (SiteLock _ = SiteLock.take(directory, "apply by root")) {
            assertThatExceptionOfType(Stop.class)
                    .isThrownBy(() -> SiteLock.take(directory, "apply by root"))
                    .withMessage("another tandem is changing this site");
        }
    }

    @Test
    void nothingIsWrittenIntoADirectoryWhoseSiteIsBeingChanged() {
        SiteDirectory directory = new SiteDirectory(root);
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T17:00:01Z"), ZoneOffset.UTC);
        try (SiteLock _ = SiteLock.toWrite(directory, "render", clock)) {
            assertThatExceptionOfType(Stop.class)
                    .isThrownBy(() -> SiteLock.toWrite(directory, "render", clock))
                    .extracting(Stop::seen)
                    .isEqualTo("render by " + ChangeLock.me() + ", since 2026-11-22T17:00:01Z");
        }
        SiteLock.toWrite(directory, "render", clock).close();
    }
}
