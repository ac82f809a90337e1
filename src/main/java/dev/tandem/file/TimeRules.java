package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The syntax of times: `50ms`, `0.2s`, `2s`, `10m`, `24h`.
final class TimeRules {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s|m|h)");
    private static final Pattern AGE = Pattern.compile("(\\d{1,9})([smhdy])");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int MILLIS_OF_SECOND = 1000;

    /// The unit of VRRP version 3 (RFC 9568, section 5.2.7).
    private static final int CENTISECOND = 10;

    private TimeRules() {}

    /// How soon a dead master is replaced: a word, or a time.
    static Verdict<Duration> failover(String text) {
        return switch (text) {
            case "fast" -> new Fits<>(Timing.FAST);
            case "steady" -> new Fits<>(Timing.STEADY);
            default ->
                    within(
                            text,
                            Timing.SHORTEST,
                            Timing.LONGEST,
                            "fast, steady, or a time such as");
        };
    }

    /// The interval between two adverts: whole hundredths of a second.
    static Verdict<Duration> advert(String text) {
        Verdict<Duration> time =
                within(text, Duration.ofMillis(10), Duration.ofSeconds(40), "a time such as");
        return time instanceof Fits<Duration>(Duration value) && value.toMillis() % CENTISECOND != 0
                ? new Unfit<>(
                        Visible.quoted(text) + " is not a whole number of hundredths of a second",
                        "VRRP counts in steps of 10ms: write "
                                + (value.toMillis() / CENTISECOND + 1) * CENTISECOND
                                + "ms")
                : time;
    }

    /// The interval between two checks, or the time limit of one.
    static Verdict<Duration> check(String text) {
        return within(text, Duration.ofMillis(20), Duration.ofMinutes(5), "a time such as");
    }

    /// How long something may take while a request is under way.
    static Verdict<Duration> request(String text) {
        return within(text, Duration.ofSeconds(1), Duration.ofDays(1), "a time such as");
    }

    /// How long something is remembered.
    static Verdict<Duration> age(String text) {
        String hint = "a time such as 1d or 1y, from 0s to 10y";
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            return new Unfit<>(Visible.quoted(text) + " is not a time", hint);
        }
        Duration unit =
                switch (matcher.group(2)) {
                    case "y" -> YEAR;
                    case "d" -> Duration.ofDays(1);
                    case "h" -> Duration.ofHours(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofSeconds(1);
                };
        Duration age = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        return age.compareTo(YEAR.multipliedBy(10)) > 0
                ? new Unfit<>(Visible.quoted(text) + " is out of range", hint)
                : new Fits<>(age);
    }

    private static Verdict<Duration> within(
            String text, Duration least, Duration most, String expected) {
        String hint = expected + " 0.2s or 200ms, from " + words(least) + " to " + words(most);
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return new Unfit<>(Visible.quoted(text) + " is not a time", hint);
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        long unit =
                switch (matcher.group(2)) {
                    case "h" -> Duration.ofHours(1).toMillis();
                    case "m" -> Duration.ofMinutes(1).toMillis();
                    case "s" -> MILLIS_OF_SECOND;
                    default -> 1;
                };
        BigDecimal millis = number.multiply(BigDecimal.valueOf(unit));
        if (millis.stripTrailingZeros().scale() > 0) {
            return new Unfit<>(Visible.quoted(text) + " is not in whole milliseconds", hint);
        }
        Duration time = Duration.ofMillis(millis.longValue());
        return time.compareTo(least) < 0 || time.compareTo(most) > 0
                ? new Unfit<>(Visible.quoted(text) + " is out of range", hint)
                : new Fits<>(time);
    }

    private static String words(Duration time) {
        return time.toMillis() % MILLIS_OF_SECOND == 0
                ? time.toSeconds() + "s"
                : time.toMillis() + "ms";
    }
}
