package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be typed as `logs --since`.
class SinceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10m",
                "1h30m",
                "1.5h",
                "90s",
                "500ms",
                "2026-11-22",
                "2026-11-22T17:00",
                "2026-11-22T17:00:01Z",
                "2026-11-22T17:00:01.123456789+07:00"
            })
    void isWhatDockerTakes(String typed) {
        assertThat(Since.read(typed)).contains(typed);
    }

    @Test
    void aTimeOfTheHistoryCanBePasted() {
        assertThat(Since.read("2026-11-22 17:00:01Z")).contains("2026-11-22T17:00:01Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10 m",
                "1d",
                "-5m",
                "yesterday",
                "2026-02-30",
                "2026-11-22T25:00",
                "--follow"
            })
    void anythingElseIsRefused(String typed) {
        assertThat(Since.read(typed)).isEmpty();
    }
}
