package dev.tandem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations are read by eye: short, and never shown as zero unless they are.
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

    @ParameterizedTest
    @CsvSource({
        "0,           +0.000 s",
        "170500000,   +0.171 s",
        "-3000000000, -3.000 s",
        "-400000,     +0.000 s"
    })
    void moments_are_written_relative_to_another(long nanos, String text) {
        assertThat(Seconds.relative(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "49, 0.0", "1349, 1.3", "61000, 61.0"})
    void long_durations_are_written_in_tenths(long millis, String tenths) {
        assertThat(Seconds.bareTenths(Duration.ofMillis(millis))).isEqualTo(tenths);
        assertThat(Seconds.tenths(Duration.ofMillis(millis))).isEqualTo(tenths + " s");
    }

    @ParameterizedTest
    @CsvSource({
        "0,             0,    0",
        "50000000,      0.05, 50",
        "1000000000,    1,    1000",
        "100000000000,  100,  100000",
        "1250000000,    1.25, 1250",
        "304687500,     0.3046875, 304.6875"
    })
    void for_programs_durations_are_exact_and_without_a_unit(
            long nanos, String seconds, String millis) {
        assertThat(Seconds.bare(Duration.ofNanos(nanos))).isEqualTo(seconds);
        assertThat(Seconds.bareMillis(Duration.ofNanos(nanos))).isEqualTo(millis);
    }

    /// How exactly something is known is never said too well.
    @Test
    void milliseconds_are_rounded_up() {
        assertThat(Seconds.millis(Duration.ofNanos(300_001))).isEqualTo("0.4 ms");
        assertThat(Seconds.millis(Duration.ofMillis(50))).isEqualTo("50.0 ms");
    }
}
