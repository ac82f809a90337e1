package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Backend;
import dev.tandem.model.Server.Proto;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Server.Verify;
import dev.tandem.model.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The syntax of paths, URLs and words.
final class PathRules {
    private static final int LONGEST_PATH = 1000;
    static final int LONGEST_CHECK = 200;
    private static final String NOT_IN_PATHS = "\"'$\\`:";
    private static final Pattern CHECK = Pattern.compile("/[!-~&&[^\"'\\\\#%$`]]*");
    private static final Pattern URL =
            Pattern.compile(
                    "(?<scheme>https?)://(?<host>\\[[^]\\s]*]|[^/?#@:\\s]+)"
                            + "(:(?<port>[1-9]\\d{0,4}))?");
    static final Pattern WITHOUT_BRACKETS = Pattern.compile("://[0-9A-Fa-f]*:[0-9A-Fa-f:]*:");
    private static final List<String> BALANCES =
            Arrays.stream(Backend.Balance.values()).map(Backend.Balance::word).toList();

    private PathRules() {}

    /// Where an existing server is reached.
    record Url(Scheme scheme, String host, int port) {}

    /// A path on this machine. Characters that mean something to a shell, to Compose or to Docker
    /// are refused: a directory can be renamed; a quoting mistake cannot be undone.
    static Verdict<String> path(String text) {
        if (text.isBlank() || text.length() > LONGEST_PATH || !text.strip().equals(text)) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not a path",
                    "relative to this file or absolute, such as ./my-site");
        }
        Optional<String> wrong =
                text.codePoints()
                        .filter(character -> NOT_IN_PATHS.indexOf(character) >= 0)
                        .mapToObj(Character::toString)
                        .findFirst();
        if (wrong.isPresent()) {
            return new Unfit<>(
                    "a path with the character " + wrong.get() + " is not supported",
                    "rename it: quotes, $, \\, ` and : have a special meaning in Compose"
                            + " or Docker");
        }
        return text.startsWith("~")
                ? new Unfit<>(
                        "'~' is not expanded to a home directory",
                        "write the path in full, such as /home/admin/my-site")
                : new Fits<>(text);
    }

    /// The path of a URL that HAProxy requests to check a server.
    static Verdict<String> check(String text) {
        if (text.length() <= LONGEST_CHECK && CHECK.matcher(text).matches()) {
            return new Fits<>(text);
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a URL path",
                text.startsWith("/")
                        ? "only visible ASCII, no spaces, quotes, or any of \\ # % $ `"
                        : "begin with '/', such as /health");
    }

    /// `http://host:port` or `https://host:port`, with nothing after it.
    static Verdict<Url> url(String text) {
        Matcher matcher = URL.matcher(text);
        if (!matcher.matches()) {
            return new Unfit<>(Visible.quoted(text) + " is not a server's URL", urlHint(text));
        }
        Scheme scheme = Scheme.valueOf(matcher.group("scheme").toUpperCase(Locale.ROOT));
        String host = matcher.group("host");
        String port = matcher.group("port");
        if (host.equals("localhost") || host.startsWith("127.")) {
            return new Unfit<>(
                    Visible.quoted(host) + " is the balancer's own container, not this machine",
                    "containers reach this machine at the first address of network.subnet, such as"
                            + " http://172.20.0.1:8080; the program has to listen there");
        }
        String small = host.toLowerCase(Locale.ROOT);
        if (!small.equals(host) && NameRules.isHostname(small)) {
            return new Unfit<>(
                    Visible.quoted(host) + " has capital letters",
                    "write it in small letters: " + small);
        }
        if (host.startsWith("[")) {
            return switch (AddressRules.bracketed(host)) {
                case Fits<String>(String address) -> url(scheme, address, port);
                case Unfit<String>(String problem, String hint) -> new Unfit<>(problem, hint);
            };
        }
        if (!(AddressRules.address(host) instanceof Fits) && !NameRules.isHostname(host)) {
            return new Unfit<>(
                    Visible.quoted(host) + " is neither an IPv4 address nor a hostname",
                    "such as http://10.0.0.7:8080 or https://intranet.example.org");
        }
        return url(scheme, host, port);
    }

    private static Verdict<Url> url(Scheme scheme, String host, @Nullable String port) {
        int number = port == null ? scheme.defaultPort() : Integer.parseInt(port);
        return number <= 65535
                ? new Fits<>(new Url(scheme, host, number))
                : new Unfit<>(
                        "the port " + number + " does not exist", "the highest port is 65535");
    }

    private static String urlHint(String text) {
        Matcher prefix = URL.matcher(text);
        if (prefix.lookingAt()
                && prefix.end() < text.length()
                && text.charAt(prefix.end()) == '/') {
            return "write it without a path: " + prefix.group().toLowerCase(Locale.ROOT);
        }
        if (WITHOUT_BRACKETS.matcher(text).find()) {
            return "an IPv6 address stands in brackets: http://[2001:db8::7]:8080";
        }
        if (text.contains("@")) {
            return "remove the user name: write http://host:port";
        }
        return "http:// or https://, host, and a port if it is not the usual one: "
                + "http://10.0.0.7:8080";
    }

    /// What stands in the header `Host`.
    static Verdict<String> host(String text) {
        return NameRules.isHostname(text) || AddressRules.address(text) instanceof Fits
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is neither a hostname nor an IPv4 address",
                        "such as www.example.org, in small letters, without a port");
    }

    /// The name in a certificate.
    static Verdict<String> certificateName(String text) {
        return NameRules.isHostname(text)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a hostname",
                        "one of the names in the certificate of the web server, in small letters:"
                                + " openssl x509 -in FILE -noout -ext subjectAltName");
    }

    /// What is spoken to a web server.
    static Verdict<Proto> proto(String text) {
        return switch (text) {
            case "h1" -> new Fits<>(Proto.H1);
            case "h2" -> new Fits<>(Proto.H2);
            default ->
                    new Unfit<>(Visible.quoted(text) + " is none of h1, h2", "such as proto: h2");
        };
    }

    /// Whether a certificate is verified.
    static Verdict<Verify> verify(String text) {
        return switch (text) {
            case "required" -> new Fits<>(Verify.REQUIRED);
            case "none" -> new Fits<>(Verify.NONE);
            default ->
                    new Unfit<>(
                            Visible.quoted(text) + " is neither required nor none",
                            "required, or none: then anybody on the way can answer in its place");
        };
    }

    /// One of HAProxy's algorithms.
    static Verdict<Backend.Balance> balance(String text) {
        for (Backend.Balance balance : Backend.Balance.values()) {
            if (balance.word().equals(text)) {
                return new Fits<>(balance);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not an algorithm",
                Suggestion.closest(text, BALANCES)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("one of " + String.join(", ", BALANCES)));
    }
}
