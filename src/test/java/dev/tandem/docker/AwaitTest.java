package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Waiting for a condition.
class AwaitTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /// A clock that is about to overflow, as {@link System#nanoTime} may be.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final Await await = new Await(now::get, time -> now.addAndGet(time.toNanos()));
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aConditionThatHoldsIsAskedForOnce() {
        assertThat(await.until(LONG, () -> Optional.of(asked.incrementAndGet()))).contains(1);
        assertThat(passed()).isZero();
    }

    @Test
    void aConditionThatHoldsLaterIsSeenThen() {
        Optional<Integer> third =
                await.until(
                        LONG,
                        () -> Optional.of(asked.incrementAndGet()).filter(count -> count == 3));
        assertThat(third).contains(3);
        assertThat(asked).hasValue(3);
        assertThat(passed()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aConditionThatNeverHoldsEndsAtTheDeadline() {
        assertThat(await.until(Duration.ofMillis(250), this::never)).isEmpty();
        assertThat(asked).hasValue(4);
        assertThat(passed()).isEqualTo(Duration.ofMillis(300));
    }

    /// A question that takes two seconds of a processor is not asked all the time.
    @Test
    void aCostlyQuestionIsAskedHalfOfTheTime() {
        assertThat(await.until(Duration.ofSeconds(15), this::costly)).isEmpty();
        assertThat(asked).hasValue(5);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(18));
    }

    private Optional<Integer> costly() {
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        return never();
    }

    @Test
    void withoutAnyTimeItIsAskedForOnce() {
        assertThat(await.until(Duration.ZERO, () -> Optional.of(asked.incrementAndGet())))
                .contains(1);
        assertThat(await.until(Duration.ZERO, this::never)).isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void timeReallyPassesByTheClockOfThisMachine() {
        long begin = System.nanoTime();
        assertThat(Await.real().until(Duration.ofMillis(250), this::never)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThanOrEqualTo(Duration.ofMillis(250));
        assertThat(asked.get()).isBetween(2, 4);
    }

    @Test
    void anInterruptEndsItAndStays() {
        Thread.currentThread().interrupt();
        assertThat(Await.real().until(LONG, Optional::empty)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    private Optional<Integer> never() {
        asked.incrementAndGet();
        return Optional.empty();
    }

    private Duration passed() {
        return Duration.ofNanos(now.get() - (Long.MAX_VALUE - 1));
    }
}
