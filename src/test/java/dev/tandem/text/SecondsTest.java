package dev.tandem.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations are read by eye: short, and never nothing where there was something.
class SecondsTest {
    @ParameterizedTest
    @CsvSource({
        "0,            0 s",
        "1,            < 0.001 s",
        "499999,       < 0.001 s",
        "500000,       0.001 s",
        "304687500,    0.305 s",
        "250000000,    0.25 s",
        "2000000000,   2 s",
        "100000000000, 100 s"
    })
    void nanoseconds_are_written_in_seconds(long nanos, String text) {
        assertThat(Seconds.text(nanos)).isEqualTo(text);
    }
}
