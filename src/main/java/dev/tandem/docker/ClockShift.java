package dev.tandem.docker;

import dev.tandem.disk.Disk;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What turns the times of another machine into those of this one, and back. A difference that may
/// be none, because the question took as long, is none.
///
/// @param ahead how far the other clock is ahead; negative when it is behind
/// @param within how exactly that is known
record ClockShift(Duration ahead, Duration within) {
    /// The same clock.
    static final ClockShift NONE = new ClockShift(Duration.ZERO, Duration.ZERO);

    private static final Pattern SECONDS = Pattern.compile("\\d{9,11}\\.\\d{1,9}");
    private static final Pattern NANOS = Pattern.compile("\\d{16,19}");

    static ClockShift of(ClockSeen seen) {
        return new ClockShift(
                seen.isOff(Duration.ZERO) ? seen.ahead() : Duration.ZERO, seen.within());
    }

    /// A time of this machine, as the other has it.
    Instant there(Instant here) {
        return here.plus(ahead);
    }

    /// Lines of the other machine. The time at the beginning of one may be as RFC 3339 writes it
    /// (`docker logs --timestamps`), in seconds since 1970 with a fraction (`vip-watch`), or in
    /// nanoseconds (`docker events`); a line that begins otherwise stays as it is.
    String here(String text) {
        return ahead.isZero() || text.isEmpty()
                ? text
                : text.lines().map(line -> line(line) + "\n").collect(Collectors.joining());
    }

    /// The lines of a file, in place.
    ///
    /// @throws UncheckedIOException when it cannot be read or written
    void here(Path file) {
        try {
            if (!ahead.isZero() && Files.exists(file)) {
                Disk.replace(file, here(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(String line) {
        int end = line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
        return word(line.substring(0, end)) + line.substring(end);
    }

    private String word(String word) {
        if (SECONDS.matcher(word).matches()) {
            return new BigDecimal(word)
                    .subtract(BigDecimal.valueOf(ahead.toNanos(), 9))
                    .toPlainString();
        }
        if (NANOS.matcher(word).matches()) {
            return Long.toString(Long.parseLong(word) - ahead.toNanos());
        }
        try {
            return Instant.parse(word).minus(ahead).toString();
        } catch (DateTimeException e) {
            return word;
        }
    }

    /// Such as `0.3 s ahead` or `the same within 0.004 s`.
    String words() {
        return ahead.isZero()
                ? "the same within " + Seconds.text(within)
                : Seconds.text(ahead.abs())
                        + (ahead.isNegative() ? " behind" : " ahead")
                        + ", within "
                        + Seconds.text(within);
    }
}
