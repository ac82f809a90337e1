package dev.tandem.load;

import java.time.Duration;

/// Refuses a plan's value that is out of bounds, and names the bounds.
final class Check {
    private Check() {}

    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d is not between %d and %d".formatted(what, value, least, most));
        }
    }

    static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s: %s is not between %s and %s".formatted(what, value, least, most));
        }
    }

    static void matches(String what, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is not of the form %s".formatted(what, value, pattern));
        }
    }
}
