package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one of the site's own web servers reports about itself.
class OwnServerSeenTest {
    @Test
    void itReportsWhichFilesItRuns() {
        assertThat(OwnServerSeen.parse("loaded=12ab\nloaded_certificate=34cd\nnew=1\n"))
                .isEqualTo(new OwnServerSeen.Answered(Optional.of("12ab"), Optional.of("34cd")));
    }

    @Test
    void itReportsWhichSecretItRecognisesDrillsBy() {
        String said = "loaded=12ab\nloaded_certificate=34cd\nloaded_drill=56ef\n";
        assertThat(OwnServerSeen.parse(said))
                .isEqualTo(
                        new OwnServerSeen.Answered(
                                Optional.of("12ab"), Optional.of("34cd"), Optional.of("56ef")));
    }

    @Test
    void theLastValueCounts() {
        assertThat(OwnServerSeen.parse("loaded=1\nloaded=2\n"))
                .isEqualTo(new OwnServerSeen.Answered(Optional.of("2"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "loaded\n", "cat: /run/tandem/loaded: No such file\n"})
    void aValueThatIsNotReportedIsUnknown(String text) {
        assertThat(OwnServerSeen.parse(text))
                .isEqualTo(new OwnServerSeen.Answered(Optional.empty(), Optional.empty()));
    }
}
