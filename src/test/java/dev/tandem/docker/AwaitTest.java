package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Waiting for a condition.
class AwaitTest {
    @Test
    void aConditionThatHoldsIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Await.until(Duration.ofSeconds(30), () -> Optional.of(asked.incrementAndGet())))
                .contains(1);
    }

    @Test
    void aConditionThatHoldsLaterIsSeenThen() {
        AtomicInteger asked = new AtomicInteger();
        Optional<Integer> third =
                Await.until(
                        Duration.ofSeconds(30),
                        () -> Optional.of(asked.incrementAndGet()).filter(count -> count == 3));
        assertThat(third).contains(3);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aConditionThatNeverHoldsEndsAtTheDeadline() {
        long begin = System.nanoTime();
        assertThat(Await.until(Duration.ofMillis(250), Optional::empty)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    @Test
    void withoutAnyTimeItIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Await.until(Duration.ZERO, () -> Optional.of(asked.incrementAndGet())))
                .contains(1);
        assertThat(
                        Await.until(
                                Duration.ZERO,
                                () -> {
                                    asked.incrementAndGet();
                                    return Optional.empty();
                                }))
                .isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void anInterruptEndsItAndStays() {
        Thread.currentThread().interrupt();
        assertThat(Await.until(Duration.ofSeconds(30), Optional::empty)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }
}
