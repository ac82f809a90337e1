package dev.tandem.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// How durations are written wherever a drill speaks of them: in seconds, to the millisecond, with
/// no more decimals than needed. The same in formulas, reasons and tables, so that they can be
/// compared by eye.
public final class Seconds {
    private static final int NANOS = 9;
    private static final int MILLIS = 3;

    private Seconds() {}

    /// `0.305 s`. What is less than half a millisecond but not nothing is `< 0.001 s`.
    public static String text(Duration duration) {
        BigDecimal exact = BigDecimal.valueOf(duration.toNanos(), NANOS);
        BigDecimal rounded = exact.setScale(MILLIS, RoundingMode.HALF_UP);
        if (rounded.signum() == 0) {
            return exact.signum() == 0 ? "0 s" : "< 0.001 s";
        }
        return rounded.stripTrailingZeros().toPlainString() + " s";
    }

    /// The same for nanoseconds.
    public static String text(long nanos) {
        return text(Duration.ofNanos(nanos));
    }
}
