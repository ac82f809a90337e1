package dev.tandem.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/// How durations are written. Each format is defined once, so that formulas, reasons, tables and
/// files can be compared by eye, and none depends on the locale of the machine.
public final class Seconds {
    private static final int NANOS = 9;
    private static final int NANOS_OF_MILLIS = 6;
    private static final int MILLIS = 3;

    private Seconds() {}

    /// `0.305 s`: to the millisecond, with no more decimals than needed. Anything above zero but
    /// below half a millisecond is `< 0.001 s`.
    public static String text(Duration duration) {
        BigDecimal exact = exact(duration.toNanos(), NANOS);
        BigDecimal rounded = exact.setScale(MILLIS, RoundingMode.HALF_UP);
        if (rounded.signum() == 0) {
            return exact.signum() == 0 ? "0 s" : "< 0.001 s";
        }
        return plain(rounded) + " s";
    }

    /// The same for nanoseconds.
    public static String text(long nanos) {
        return text(Duration.ofNanos(nanos));
    }

    /// `+0.171 s`, `-3.000 s`: relative to some moment, to the millisecond, always with three
    /// decimals.
    public static String relative(long nanos) {
        BigDecimal seconds = exact(nanos, NANOS).setScale(MILLIS, RoundingMode.HALF_UP);
        return (seconds.signum() < 0 ? "" : "+") + seconds.toPlainString() + " s";
    }

    /// `1.3 s`: to the tenth of a second, for what takes long.
    public static String tenths(Duration duration) {
        return bareTenths(duration) + " s";
    }

    /// `1.3`: the same without the unit, for use as a program's argument.
    public static String bareTenths(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    /// `0.05`, `1`, `1.25`: seconds without the unit, exact, for configuration and JSON.
    public static String bare(Duration duration) {
        return plain(exact(duration.toNanos(), NANOS));
    }

    /// `304.6875`: milliseconds without the unit, exact, for JSON and names that carry the unit.
    public static String bareMillis(Duration duration) {
        return plain(exact(duration.toNanos(), NANOS_OF_MILLIS));
    }

    /// `0.4 ms`: to the next tenth of a millisecond, for how exactly a clock is known.
    public static String millis(Duration duration) {
        return exact(duration.toNanos(), NANOS_OF_MILLIS).setScale(1, RoundingMode.CEILING) + " ms";
    }

    private static BigDecimal exact(long nanos, int scale) {
        return BigDecimal.valueOf(nanos, scale);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
