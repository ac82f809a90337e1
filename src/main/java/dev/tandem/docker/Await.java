package dev.tandem.docker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Awaits a condition: asks until it holds or the deadline has passed.
///
/// @param nanos a monotonic clock, in nanoseconds
/// @param pause lets time pass between two questions
public record Await(LongSupplier nanos, Pause pause) {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /// Uses the clock of this machine.
    public static Await real() {
        return new Await(System::nanoTime, Pause.real());
    }

    /// Asks for a value until there is one; empty when there is none within the limit. Asks at
    /// least once.
    public <T> Optional<T> until(Duration limit, Supplier<Optional<T>> ask) {
        long end = nanos.getAsLong() + limit.toNanos();
        while (true) {
            Optional<T> answer = ask.get();
            if (answer.isPresent() || nanos.getAsLong() - end >= 0) {
                return answer;
            }
            try {
                pause.pause(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
