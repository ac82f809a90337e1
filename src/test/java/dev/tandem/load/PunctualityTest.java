package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the generator reports about its own lateness.
class PunctualityTest {
    private static final Duration TEN = Duration.ofMillis(10);

    @Test
    void percentiles_are_never_too_low_and_at_most_a_thirty_second_too_high() {
        Random random = new Random(7);
        long[] all = random.longs(10_000, 0, 1L << 34).map(v -> v >>> random.nextInt(30)).toArray();
        LagHistogram histogram = new LagHistogram();
        Arrays.stream(all).forEach(histogram::add);
        Arrays.sort(all);
        for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            long truth = all[(int) Math.ceil(part * all.length) - 1];
            assertThat(histogram.percentile(part).toNanos())
                    .isBetween(truth, truth + truth / 31 + 1000);
        }
        assertThat(histogram.max()).isEqualTo(Duration.ofNanos(all[all.length - 1]));
        assertThat(histogram.total()).isEqualTo(all.length);
    }

    @Test
    void late_requests_are_counted() {
        LagHistogram histogram = new LagHistogram();
        for (int millis = 1; millis <= 100; millis++) {
            histogram.add(Duration.ofMillis(millis).toNanos());
        }

        assertThat(histogram.beyond(Duration.ofMillis(100))).isZero();
        assertThat(histogram.beyond(Duration.ofMillis(50))).isBetween(50L, 52L);
        assertThat(histogram.beyond(Duration.ofMillis(99))).isBetween(1L, 5L);
        assertThat(LagHistogram.parse(histogram.toString()))
                .hasToString(histogram.toString())
                .extracting(LagHistogram::total)
                .isEqualTo(100L);
    }

    @Test
    void a_schedule_is_kept_if_nearly_all_is_on_time_and_nothing_far_too_late() {
        assertThat(punctuality(1, 1, 0).kept(TEN)).isTrue();
        assertThat(punctuality(1, 90, 0).kept(TEN)).isTrue();
        assertThat(punctuality(1, 110, 0).kept(TEN)).isFalse();
        assertThat(punctuality(11, 11, 0).kept(TEN)).isFalse();
        assertThat(punctuality(1, 1, 1).kept(TEN)).isFalse();
    }

    @Test
    void answers_noticed_late_count_as_well() {
        LagHistogram late = new LagHistogram();
        late.add(TEN.toNanos() * 2);
        Punctuality punctuality =
                new Punctuality(new LagHistogram(), late, Duration.ZERO, Duration.ZERO, 0);

        assertThat(punctuality.kept(TEN)).isFalse();
        assertThat(punctuality.kept(TEN.multipliedBy(2))).isTrue();
    }

    /// 999 requests with one lateness, and one request with a greater one.
    private static Punctuality punctuality(int usual, int worst, int ownFaults) {
        LagHistogram lags = new LagHistogram();
        for (int i = 0; i < 999; i++) {
            lags.add(Duration.ofMillis(usual).toNanos());
        }
        lags.add(Duration.ofMillis(worst).toNanos());
        return new Punctuality(lags, new LagHistogram(), Duration.ZERO, Duration.ZERO, ownFaults);
    }
}
