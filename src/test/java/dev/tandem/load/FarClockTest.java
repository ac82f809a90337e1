package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How the clock of another machine is known from questions and answers.
class FarClockTest {
    private static final long SECOND = 1_000_000_000;

    private final FarClock clock = new FarClock();

    @Test
    void an_answer_is_taken_for_the_middle_of_the_time_that_it_took() {
        clock.seen(1000, 500_000, 1200);

        assertThat(clock.there(1100)).isEqualTo(500_000);
        assertThat(clock.there(1101)).isEqualTo(500_001);
        assertThat(clock.within()).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void the_quickest_answer_counts() {
        clock.seen(1000, 500_000, 1200);
        clock.seen(2000, 777_777, 9000);
        assertThat(clock.there(1100)).isEqualTo(500_000);

        clock.seen(10_000, 600_000, 10_100);
        assertThat(clock.there(10_050)).isEqualTo(600_000);
        assertThat(clock.within()).isEqualTo(Duration.ofNanos(50));
    }

    /// Two clocks drift: what was exact a minute ago is not now.
    @Test
    void what_was_measured_long_ago_gives_way_to_what_is_a_little_less_exact() {
        clock.seen(0, 0, 200);
        clock.seen(60 * SECOND, 60 * SECOND + 900_000, 60 * SECOND + 2_000_000);
        assertThat(clock.there(60 * SECOND)).isEqualTo(60 * SECOND - 100_000);
    }

    @Test
    void a_clock_that_was_not_asked_is_not_known() {
        assertThatThrownBy(() -> clock.there(1)).isInstanceOf(IllegalStateException.class);
    }
}
