package dev.tandem.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of memory, in the notation of Compose: `512m` or `8g`.
///
/// @param megabytes of 1024 times 1024 bytes, at least one
public record Size(int megabytes) {
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})([mg])");
    private static final int GIGABYTE = 1024;

    public Size {
        if (megabytes < 1) {
            throw new IllegalArgumentException("a size of " + megabytes + "m");
        }
    }

    /// So many gigabytes.
    public static Size ofGigabytes(int number) {
        return new Size(number * GIGABYTE);
    }

    /// Reads one; empty when the text is none.
    public static Optional<Size> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        return Optional.of(matcher.group(2).equals("g") ? ofGigabytes(number) : new Size(number));
    }

    /// In the largest unit that shows it whole: `8g`, `1536m`.
    @Override
    public String toString() {
        return megabytes % GIGABYTE == 0 ? megabytes / GIGABYTE + "g" : megabytes + "m";
    }
}
