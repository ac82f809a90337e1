package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.ProxyProtocol;
import dev.tandem.model.Suggestion;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpCheck.Protocol;
import dev.tandem.model.TcpServer.Endpoint;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The syntax of single values of TCP services.
final class EndpointRules {
    private static final Pattern URL =
            Pattern.compile(
                    "(?<scheme>[a-z]+)://(?<host>\\[[^]\\s]*]|[^/?#@:\\s]+)"
                            + "(:(?<port>[1-9]\\d{0,4}))?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int HIGHEST_PORT = 65535;

    /// What checks are called elsewhere.
    private static final Map<String, String> OTHER_WORDS =
            Map.of(
                    "postgres", "pgsql",
                    "postgresql", "pgsql",
                    "mariadb", "mysql",
                    "ssl", "tls",
                    "smtps", "tls",
                    "http", "{http: /health}",
                    "https", "{https: /readyz}",
                    "kubernetes", "{https: /readyz}",
                    "patroni", "{http: /primary, port: 8008}");

    private EndpointRules() {}

    /// `tcp://host:port`, with nothing after it.
    static Verdict<Endpoint> url(String text) {
        Matcher matcher = URL.matcher(text);
        if (!matcher.matches() || !matcher.group("scheme").equals("tcp")) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not the URL of a server of a TCP service",
                    matcher.matches() && matcher.group("port") != null
                            ? "write tcp://" + matcher.group("host") + ":" + matcher.group("port")
                            : PathRules.WITHOUT_BRACKETS.matcher(text).find()
                                    ? "an IPv6 address stands in brackets: tcp://[2001:db8::7]:5432"
                                    : "tcp://, host and port: tcp://10.0.0.21:5432");
        }
        String host = matcher.group("host");
        if (host.equals("localhost") || host.startsWith("127.")) {
            return new Unfit<>(
                    Visible.quoted(host) + " is the balancer's own container, not this machine",
                    "containers reach this machine at the first address of network.subnet, such as"
                            + " tcp://172.20.0.1:5432; the program has to listen there");
        }
        if (host.startsWith("[")) {
            return switch (AddressRules.bracketed(host)) {
                case Fits<String>(String address) -> url(text, address, matcher.group("port"));
                case Unfit<String>(String problem, String hint) -> new Unfit<>(problem, hint);
            };
        }
        if (!(AddressRules.address(host) instanceof Fits) && !NameRules.isHostname(host)) {
            String small = host.toLowerCase(Locale.ROOT);
            return new Unfit<>(
                    Visible.quoted(host) + " is neither an IPv4 address nor a hostname",
                    NameRules.isHostname(small)
                            ? "write it in small letters: " + small
                            : "such as tcp://10.0.0.21:5432 or tcp://db.example.org:5432");
        }
        return url(text, host, matcher.group("port"));
    }

    private static Verdict<Endpoint> url(String text, String host, @Nullable String given) {
        if (given == null) {
            return new Unfit<>(
                    Visible.quoted(text) + " has no port",
                    "a TCP service has no usual one: " + text + ":5432, say");
        }
        int port = Integer.parseInt(given);
        return port <= HIGHEST_PORT
                ? new Fits<>(new Endpoint(host, port))
                : new Unfit<>(
                        "the port " + port + " does not exist",
                        "the highest port is " + HIGHEST_PORT);
    }

    /// A check that needs no more than a word.
    static Verdict<TcpCheck> check(String text) {
        Optional<Protocol> known =
                Arrays.stream(Protocol.values())
                        .filter(one -> ServiceKeys.CHECKS.contains(one.word()))
                        .filter(one -> one.word().equals(text))
                        .findFirst();
        if (known.isPresent()) {
            return new Fits<>(TcpCheck.of(known.get()));
        }
        String other = OTHER_WORDS.getOrDefault(text, "");
        return new Unfit<>(
                Visible.quoted(text) + " is not a check",
                other.isEmpty()
                        ? Suggestion.closest(text, ServiceKeys.CHECKS)
                                .map(word -> "did you mean '" + word + "'?")
                                .orElse(
                                        "one of "
                                                + String.join(", ", ServiceKeys.CHECKS)
                                                + ", or a map such as {https: /readyz}")
                        : "did you mean '" + other + "'?");
    }

    /// A user of a database.
    static Verdict<String> user(String text) {
        return USER.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a user's name",
                        "at most 32 characters: letters, digits, '_', '-'");
    }

    /// What Redis says of itself.
    static Verdict<String> role(String text) {
        return text.equals("master") || text.equals("slave")
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a role of Redis",
                        "master, or slave: what 'redis-cli role' says; without a role, write"
                                + " 'check: redis'");
    }

    /// A version of the PROXY protocol.
    static Verdict<ProxyProtocol> proxyProtocol(String text) {
        return switch (text) {
            case "v1" -> new Fits<>(ProxyProtocol.V1);
            case "v2" -> new Fits<>(ProxyProtocol.V2);
            default ->
                    new Unfit<>(
                            Visible.quoted(text) + " is not a version of the PROXY protocol",
                            "v2, or v1 for a server that reads text alone");
        };
    }
}
