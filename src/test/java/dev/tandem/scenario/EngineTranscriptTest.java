package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Processes;
import dev.tandem.docker.fake.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The engine of this machine is told all that Tandem tells an engine, and answers what was
/// recorded: so the fake engine, which answers the same, answers as this one. To record it again,
/// remove the file and run this test.
@Tag("containers")
class EngineTranscriptTest {
    @Test
    void theRealEngineAnswersWhatWasRecorded() throws IOException {
        Processes processes = new Processes();
        try (TestSite site = TestSite.of(Recorded.SITE_FILE)) {
            assertThat(site.tandem("render").exit()).isZero();
            String said =
                    Recorded.play(
                            processes,
                            site.name(),
                            site.lan(0).toString().replaceFirst("0$", ""),
                            site.network(0).toString().replaceFirst("0$", ""),
                            site.rendered(),
                            Builds.once().balancer());

            if (Files.notExists(Recorded.TRANSCRIPT)) {
                Files.createDirectories(Recorded.TRANSCRIPT.getParent());
                Files.writeString(Recorded.TRANSCRIPT, said);
            }
            assertThat(said).isEqualTo(Files.readString(Recorded.TRANSCRIPT));
        }
    }
}
