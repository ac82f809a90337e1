package dev.tandem.load;

import java.time.Instant;

/// The clock of a run: nanoseconds from its zero, on the monotonic clock of this machine. The zero
/// is known as a time of day too, so that what others logged can be put on the same line; when the
/// time of day is set during a run, only that relation is off.
///
/// @param origin the zero on the clock of {@link System#nanoTime}
/// @param zero the zero as a time of day
record RunClock(long origin, Instant zero) {
    /// A clock whose zero is a moment ahead, as long as its reader needs to get ready.
    static RunClock ahead(long nanos) {
        long before = System.nanoTime();
        Instant now = Instant.now();
        long between = before + (System.nanoTime() - before) / 2;
        return new RunClock(between + nanos, now.plusNanos(nanos));
    }

    long nanos() {
        return System.nanoTime() - origin;
    }
}
