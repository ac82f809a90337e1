package dev.tandem.load;

import java.time.Duration;

/// The monotonic clock of another machine beside that of this one, from questions and answers. The
/// answer that came soonest says it most exactly. Pure, and for several threads.
///
/// Neither time of day plays a part: whether one of them is wrong, or is set meanwhile, changes
/// nothing.
final class FarClock {
    /// What two clocks may drift apart: 50 µs in a second, by far more than quartz does.
    private static final long DRIFT = 20_000;

    private boolean known;
    private long offset;
    private long within;
    private long measured;

    /// An answer.
    ///
    /// @param before this machine's clock before the question
    /// @param there what the other machine's said
    /// @param after this machine's clock after the answer
    synchronized void seen(long before, long there, long after) {
        long half = (after - before) / 2;
        if (!known || half <= within + (after - measured) / DRIFT) {
            known = true;
            offset = there - (before + half);
            within = half;
            measured = after;
        }
    }

    /// A time of this machine's clock, on the other one.
    synchronized long there(long here) {
        if (!known) {
            throw new IllegalStateException("the other clock has not been asked");
        }
        return here + offset;
    }

    /// How exactly that was known when it was measured.
    synchronized Duration within() {
        return Duration.ofNanos(within);
    }
}
