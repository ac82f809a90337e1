package dev.tandem.importing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as HAProxy writes them: a number and `us`, `ms`, `s`, `m`, `h` or `d`, or milliseconds
/// without a unit.
final class Times {
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})(us|ms|s|m|h|d)?");
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Times() {}

    /// In milliseconds; empty when it is no time.
    static Optional<Long> millis(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(time.group(1));
        String unit = time.group(2) == null ? "ms" : time.group(2);
        return Optional.of(
                switch (unit) {
                    case "us" -> number / SECOND;
                    case "s" -> number * SECOND;
                    case "m" -> number * MINUTE;
                    case "h" -> number * HOUR;
                    case "d" -> number * DAY;
                    default -> number;
                });
    }

    /// As the site file writes it, in the largest unit that fits.
    static String text(long millis) {
        if (millis % HOUR == 0 && millis > 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0 && millis > 0) {
            return millis / MINUTE + "m";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }
}
