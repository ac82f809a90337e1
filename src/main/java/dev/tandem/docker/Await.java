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

    /// A question that takes longer costs the site something: it is left alone for as long.
    private static final Duration COSTLY = Duration.ofMillis(700);

    /// Uses the clock of this machine.
    public static Await real() {
        return new Await(System::nanoTime, Pause.real());
    }

    /// Asks for a value until there is one; empty when there is none within the limit. Asks at
    /// least once. Of a site with a thousand web servers a look takes seconds of its processors,
    /// and asked without a rest, its checks would come too late.
    public <T> Optional<T> until(Duration limit, Supplier<Optional<T>> ask) {
        long end = nanos.getAsLong() + limit.toNanos();
        while (true) {
            long begin = nanos.getAsLong();
            Optional<T> answer = ask.get();
            long now = nanos.getAsLong();
            if (answer.isPresent() || now - end >= 0) {
                return answer;
            }
            Duration took = Duration.ofNanos(now - begin);
            try {
                pause.pause(took.compareTo(COSTLY) > 0 ? took : BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
