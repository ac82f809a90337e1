package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a machine's clock lets it send the load of a drill. That it sends it:
/// `SeveralMachinesTest`.
class LoadFromTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "59, 50", "-60, 0.2"})
    void aClockThatIsKnownAndNotFarOffIsGood(double seconds, double milliseconds) {
        assertThatCode(() -> refuse(seconds, milliseconds)).doesNotThrowAnyException();
    }

    private static void refuse(double seconds, double milliseconds) {
        LoadFrom.refuse(
                "m3",
                Duration.ofMillis(Math.round(seconds * 1000)),
                Duration.ofNanos(Math.round(milliseconds * 1_000_000)));
    }

    @Test
    void oneThatIsOffByMoreThanAMinuteIsRefused() {
        assertThatThrownBy(() -> refuse(-61, 1))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop).hasMessage("no load can be sent from m3");
                            assertThat(stop.seen())
                                    .startsWith("its time of day is 61.0 s behind this machine's:");
                        });
        assertThatThrownBy(() -> refuse(86_400, 1))
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.seen()).contains("ahead of"));
    }

    @Test
    void oneThatIsNotKnownExactlyIsRefused() {
        assertThatThrownBy(() -> refuse(0, 50.1))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop ->
                                assertThat(stop.seen())
                                        .startsWith("its clock is known within 50.1 ms, and"));
    }
}
