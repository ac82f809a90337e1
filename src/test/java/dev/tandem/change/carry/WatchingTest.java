package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.docker.Await;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// What the requests at the VIP say about a change.
class WatchingTest {
    private static final OptionalDouble NONE_FAILED = OptionalDouble.of(0);
    private static final Optional<FailedShare> BEGIN = Optional.of(new FailedShare(1000, 0));

    /// Two looks: one at the beginning, one at the end.
    private static void watch(
            OptionalDouble before, Optional<FailedShare> first, Optional<FailedShare> last) {
        Iterator<Optional<FailedShare>> counts = List.of(first, last).iterator();
        new Watching("haproxy-b", before, counts::next).watch(Duration.ZERO, Await.real());
    }

    private static Stop stopped(
            OptionalDouble before, Optional<FailedShare> first, Optional<FailedShare> last) {
        return assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> watch(before, first, last))
                .actual();
    }

    private static Optional<FailedShare> counted(long requests, long failed) {
        return Optional.of(new FailedShare(1000 + requests, failed));
    }

    @Test
    void aChangeGoesOnWhenNoMoreFailThanBefore() {
        watch(NONE_FAILED, BEGIN, counted(1000, 10));
        watch(OptionalDouble.of(50), BEGIN, counted(1000, 510));
    }

    @Test
    void tooManyFailuresStopIt() {
        Stop stop = stopped(OptionalDouble.of(0.5), BEGIN, counted(1000, 16));
        assertThat(stop).hasMessage("too many requests failed at haproxy-b since it took the VIP");
        assertThat(stop.seen())
                .isEqualTo("16 of 1000 were answered 5xx; before the change it was 0.5 %");
    }

    @Test
    void whenNothingIsKnownOfBeforeTheBudgetAloneIsAllowed() {
        watch(OptionalDouble.empty(), BEGIN, counted(1000, 10));
        assertThat(stopped(OptionalDouble.empty(), BEGIN, counted(1000, 11)).seen())
                .isEqualTo("11 of 1000 were answered 5xx; how many before the change is unknown");
    }

    @Test
    void countsThatCannotBeHadStopIt() {
        Stop first = stopped(NONE_FAILED, Optional.empty(), BEGIN);
        Stop later = stopped(NONE_FAILED, BEGIN, Optional.empty());
        assertThat(first).hasMessage("whether requests fail at haproxy-b could not be found out");
        assertThat(later).hasMessage(first.getMessage());
        assertThat(first.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
        assertThat(first.seen()).isEqualTo("its HAProxy did not report its counters");
    }

    @Test
    void countsThatStartAgainStopItBecauseTheEarlierOnesAreGone() {
        Stop stop = stopped(NONE_FAILED, BEGIN, Optional.of(new FailedShare(3, 3)));
        assertThat(stop).hasMessage("whether requests fail at haproxy-b could not be found out");
        assertThat(stop.seen())
                .isEqualTo(
                        "its HAProxy reset its counters: it was started or reloaded in the"
                                + " meantime");
    }
}
