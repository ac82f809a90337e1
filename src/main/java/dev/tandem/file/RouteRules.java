package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Ip4;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The syntax of what a route is for, and of where it leads.
final class RouteRules {
    private static final String ANY_NAME = "*.";
    private static final String PUNYCODE = "xn--";
    private static final Pattern ODD_PATH = Pattern.compile(".*(//|/\\.{1,2}(/.*|$)|\\?).*");
    private static final Pattern URL =
            Pattern.compile(
                    "https?://(?<host>[^/?#@:\\s]+)(:[1-9]\\d{0,4})?(/[!-~&&[^\"'\\\\#%$`]]*)?");

    private RouteRules() {}

    /// A hostname as clients send it, an address, or `*.` and a hostname.
    static Verdict<String> host(String text) {
        String name = text.startsWith(ANY_NAME) ? text.substring(ANY_NAME.length()) : text;
        if (NameRules.isHostname(name) || Ip4.parse(text).isPresent()) {
            return wrongPunycode(name)
                    .<Verdict<String>>map(label ->
                            new Unfit<>(
                                    Visible.quoted(label) + " is the encoded form of no name",
                                    "no client sends it; look for a letter too many or missing"))
                    .orElseGet(() -> new Fits<>(text));
        }
        return new Unfit<>(Visible.quoted(text) + " is not a hostname", hint(text, name));
    }

    private static String hint(String text, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String open = text.equals(name) ? "" : ANY_NAME;
        if (NameRules.isHostname(lower)) {
            return "write it in lower case: " + open + lower;
        }
        if (name.contains(":")) {
            return "without a port: a route is for whatever port";
        }
        return encoded(lower)
                .map(sent -> "browsers send other letters encoded; write: " + open + sent)
                .orElse("such as www.example.org, or *.example.org for all names below");
    }

    private static Optional<String> encoded(String name) {
        try {
            return Optional.of(IDN.toASCII(name)).filter(NameRules::isHostname);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The first label that says that it is encoded, and is not.
    private static Optional<String> wrongPunycode(String name) {
        for (String label : name.split("\\.", -1)) {
            boolean isOne = label.startsWith(PUNYCODE);
            if (isOne && !encoded(IDN.toUnicode(label)).equals(Optional.of(label))) {
                return Optional.of(label);
            }
            if (isOne && IDN.toUnicode(label).equals(label)) {
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }

    /// What a path begins with. It is compared with what a web server would read, which has none of
    /// these oddities.
    static Verdict<String> path(String text) {
        if (ODD_PATH.matcher(text).matches()) {
            return new Unfit<>(
                    "no path is compared that has '?', '//', '/./' or '/../' in it",
                    "write it as a web server reads it, such as /v1/");
        }
        return PathRules.check(text);
    }

    /// What is taken off a path.
    static Verdict<String> strip(String text) {
        return text.endsWith("/")
                ? new Unfit<>(
                        Visible.quoted(text) + " would leave a path without '/' at its beginning",
                        text.length() > 1
                                ? "write " + text.substring(0, text.length() - 1)
                                : "remove it")
                : path(text);
    }

    /// Where a client is sent.
    static Verdict<String> url(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not a URL to send clients to",
                    "http:// or https://, a host, and a path if all go to the same page:"
                            + " https://www.example.org/new");
        }
        String host = url.group("host");
        String lower = host.toLowerCase(Locale.ROOT);
        if (NameRules.isHostname(host) || Ip4.parse(host).isPresent()) {
            return new Fits<>(text);
        }
        return new Unfit<>(
                Visible.quoted(host) + " is neither a hostname nor an IPv4 address",
                NameRules.isHostname(lower)
                        ? "write it in lower case: " + lower
                        : "such as https://www.example.org");
    }
}
