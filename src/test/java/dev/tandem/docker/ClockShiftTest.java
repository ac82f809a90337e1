package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The times of a machine whose clock is another.
class ClockShiftTest {
    private static final ClockShift AHEAD =
            ClockShift.of(new ClockSeen(Duration.ofMillis(1500), Duration.ofMillis(4)));

    @Test
    void timesAtTheBeginningOfALineAreThoseOfThisMachine() {
        assertThat(
                        AHEAD.here(
                                """
                                2026-11-29T12:00:02.123456789Z said 2026-11-29T12:00:02Z
                                1700000002.250000 owner 02:42:c0:a8:00:97
                                1700000002250000000 kill shop-haproxy-a
                                no time at all
                                8404 is no time either
                                """))
                .isEqualTo(
                        """
                        2026-11-29T12:00:00.623456789Z said 2026-11-29T12:00:02Z
                        1700000000.750000000 owner 02:42:c0:a8:00:97
                        1700000000750000000 kill shop-haproxy-a
                        no time at all
                        8404 is no time either
                        """);
    }

    @Test
    void aFileIsTurnedInPlace(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("log"), "2026-11-29T12:00:02Z x\n");
        AHEAD.here(log);
        assertThat(log).hasContent("2026-11-29T12:00:00.500Z x");
        AHEAD.here(directory.resolve("none"));
    }

    @Test
    void aTimeOfThisMachineIsAskedForAsTheOtherHasIt() {
        assertThat(AHEAD.there(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:01.500Z");
    }

    @Test
    void whatMayBeTheSameIsTheSame() {
        ClockSeen seen = new ClockSeen(Duration.ofMillis(-3), Duration.ofMillis(4));
        ClockShift shift = ClockShift.of(seen);
        assertThat(shift.ahead()).isZero();
        assertThat(shift.here("1700000002.250000 owner\n")).isEqualTo("1700000002.250000 owner\n");
        assertThat(shift.words()).isEqualTo("the same within 0.004 s");
        assertThat(AHEAD.words()).isEqualTo("1.5 s ahead, within 0.004 s");
    }
}
