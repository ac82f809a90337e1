package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All times follow from one.
class TimingTest {
    @Test
    void fast_and_steady_have_their_documented_times() {
        assertThat(Timing.within(Timing.FAST).advert()).isEqualTo(Duration.ofMillis(50));
        assertThat(Timing.within(Timing.FAST).check()).isEqualTo(Duration.ofMillis(200));
        assertThat(Timing.within(Timing.STEADY).advert()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Timing.within(Timing.STEADY).check()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 50, 99, 160, 200, 1000, 3100, 10_000, 60_000})
    void three_adverts_and_the_skew_of_the_second_balancer_fit(long millis) {
        Timing timing = Timing.within(Duration.ofMillis(millis));

        // Its priority is 244: its skew is 12/256 of an advert.
        Duration longest = timing.advert().multipliedBy(3 * 256 + 12).dividedBy(256);
        assertThat(longest).isLessThanOrEqualTo(Duration.ofMillis(millis));
        assertThat(timing.advert()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
        assertThat(timing.advert().toMillis() % 10).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 39, 60_001})
    void impossible_takeovers_are_refused(long millis) {
        assertThatThrownBy(() -> Timing.within(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
