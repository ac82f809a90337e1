package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The syntax of headers, and which of them are not the user's to set.
final class HeaderRules {
    static final int LONGEST_VALUE = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /// HAProxy's format: an expression in brackets, or `%%`.
    private static final Pattern VALUE =
            Pattern.compile("(?:[ -~&&[^%]]|%%|%\\[[a-z][^\\[\\] ]*])*");

    /// What a connection needs.
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer");

    /// By which a web server knows who asks, and a drill its requests.
    private static final Set<String> OF_TANDEM =
            Set.of(
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "x-forwarded-port",
                    "x-tandem-id",
                    "x-tandem-drill",
                    "x-balancer");

    private HeaderRules() {}

    /// The name of a header that may be set or removed.
    static Verdict<String> name(String text) {
        if (!NAME.matcher(text).matches()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not the name of a header",
                    "letters, digits, '-' and '_', such as X-Frame-Options");
        }
        String small = text.toLowerCase(Locale.ROOT);
        if (OF_THE_CONNECTION.contains(small)) {
            return new Unfit<>(
                    text + " says where a message ends, or what a connection is for",
                    "leave it to HAProxy");
        }
        return OF_TANDEM.contains(small)
                ? new Unfit<>(
                        text + " is set by Tandem, and a client's own is removed",
                        small.startsWith("x-forwarded-")
                                ? "whom a proxy before this site may speak for: trusted_proxies"
                                : "drills rely on it; choose another name")
                : new Fits<>(text);
    }

    /// The value of a header.
    static Verdict<String> value(String text) {
        if (text.isBlank() || !text.strip().equals(text) || text.length() > LONGEST_VALUE) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not the value of a header",
                    "1 to %s characters, without blanks around them; to remove a header: remove"
                            .formatted(LONGEST_VALUE));
        }
        return VALUE.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not in HAProxy's log format",
                        "visible ASCII; '%%' for a percent sign; what HAProxy fills in is written"
                                + " '%[src]'");
    }
}
