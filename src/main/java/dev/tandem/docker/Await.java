package dev.tandem.docker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Awaits a condition: asks until it holds or the deadline has passed. The only place that pauses.
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /// Asks for a value until there is one; empty when there was none within the limit. Asks at
    /// least once.
    public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> ask) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = ask.get();
            if (answer.isPresent() || System.nanoTime() >= end) {
                return answer;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
