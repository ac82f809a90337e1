package dev.tandem.scenario;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `openssl x509 -text` says of certificates, so that those of two sites and of two versions
/// of OpenSSL can be compared: the life in days instead of two dates, no identifiers of keys.
final class CertificateText {
    private static final Pattern LIFE =
            Pattern.compile("Not Before: (.*)\\n\\s*Not After : (.*)\\n");
    private static final Pattern KEY = Pattern.compile("([0-9A-F]{2}:){19}[0-9A-F]{2}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy z", Locale.ROOT);

    private CertificateText() {}

    static String comparable(String text) {
        Matcher life = LIFE.matcher(text);
        String withLife =
                life.replaceAll(
                        found -> "Life: " + days(found.group(1), found.group(2)) + " days\n");
        return KEY.matcher(withLife)
                .replaceAll("the identifier of a key")
                .replaceAll(" *= *", "=")
                .replaceAll("(?m)^\\s+|\\s+$", "");
    }

    /// Rounded: one ends with its authority, which is a second older.
    private static long days(String begin, String end) {
        Duration life = Duration.between(time(begin), time(end));
        return life.plusHours(12).toDays();
    }

    private static ZonedDateTime time(String text) {
        return ZonedDateTime.parse(text.strip().replaceAll(" +", " "), TIME);
    }
}
