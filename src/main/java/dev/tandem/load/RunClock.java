package dev.tandem.load;

import java.time.Instant;

/// The clock of a run: nanoseconds from its zero, on this machine's monotonic clock. The zero is
/// also known as a time of day, so that logs of other programs can be aligned with it; if the time
/// of day is set during a run, only that alignment is off.
///
/// @param origin the zero on the clock of {@link System#nanoTime}
/// @param zero the zero as a time of day
record RunClock(long origin, Instant zero) {
    /// A clock whose zero lies a moment ahead, to give its reader time to get ready.
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
