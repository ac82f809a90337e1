package dev.tandem.docker.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.FakeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fake engine answers as a real one did, whose answers were recorded: by the scenario {@link
/// dev.tandem.scenario.EngineTranscriptTest}, which compares them again with those of the engine
/// that runs it.
class TranscriptTest {
    @Test
    void theFakeEngineAnswersAsTheRealOneDid(@TempDir Path directory) throws IOException {
        String file =
                "site: fake\nnetwork: {name: fake, subnet: 203.0.113.0/24}\n"
                        + EngineScript.SITE_FILE
                                .replace("192.168.0.", "198.51.100.")
                                .replace("172.20.0.", "203.0.113.");
        FakeSite site = FakeSite.in(directory, file).rendered();
        Normal normal = new Normal("fake", "198.51.100.", "203.0.113.", site.directory());

        String said = new EngineScript(site.engine(), site.await(), normal).play(site.image());

        assertThat(said).isEqualTo(Files.readString(Recorded.TRANSCRIPT));
    }
}
