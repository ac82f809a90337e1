package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.AddressRange;
import dev.tandem.model.HealthLogin;
import dev.tandem.model.Listen;
import dev.tandem.model.Listen.Ipv6;
import dev.tandem.model.PasswordHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `listen`.
final class ListenBinder {
    private static final List<Key> PORTS =
            List.of(FrontKeys.LISTEN_HTTP, FrontKeys.LISTEN_HTTPS, FrontKeys.LISTEN_HEALTH);

    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{1,2}k");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final Pattern HASH =
            Pattern.compile(
                    "[$][56][$](rounds=\\d{4,5}[$])?[./A-Za-z0-9]{1,16}[$]"
                            + "([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final int MOST_PORTS = 65535;
    private static final int LEAST_SIZE = 16;
    private static final int MOST_SIZE = 256;

    private ListenBinder() {}

    static Optional<Listen> bind(Fields root, Problems problems) {
        Fields listen = root.section(FrontKeys.LISTEN);
        List<Optional<Found<Integer>>> ports =
                PORTS.stream().map(key -> listen.number(key)).toList();
        for (int left = 0; left < ports.size(); left++) {
            for (int right = left + 1; right < ports.size(); right++) {
                compare(listen, ports, new Pair(left, right), problems);
            }
        }
        Optional<Integer> headers =
                listen.optional(FrontKeys.LISTEN_HEADER_SIZE, ListenBinder::size).map(Found::value);
        Health health = health(listen, problems);
        More more = more(listen, ports, problems);
        return ports.stream().allMatch(Optional::isPresent) && headers.isPresent()
                ? Optional.of(
                        new Listen(
                                port(ports, 0),
                                port(ports, 1),
                                port(ports, 2),
                                headers.get(),
                                health.from,
                                health.login,
                                proxies(listen, FrontKeys.LISTEN_PROXY_PROTOCOL_FROM),
                                more.http,
                                more.https,
                                listen.optional(FrontKeys.LISTEN_IPV6, IPV6)
                                        .map(Found::value)
                                        .orElse(Ipv6.OFF)))
                : Optional.empty();
    }

    private static final Rule<Ipv6> IPV6 =
            Rule.onOrOff(
                    Ipv6.ON,
                    Ipv6.OFF,
                    "on, or off; the balancers' addresses come from the LAN's router");

    /// The ports beside the usual ones.
    private record More(List<Integer> http, List<Integer> https) {}

    private static More more(
            Fields listen, List<Optional<Found<Integer>>> ports, Problems problems) {
        Map<Integer, String> used = new HashMap<>();
        for (int i = 0; i < PORTS.size(); i++) {
            String key = PORTS.get(i).path();
            ports.get(i).ifPresent(port -> used.put(port.value(), key));
        }
        return new More(
                more(listen, FrontKeys.LISTEN_MORE_HTTP, used, problems),
                more(listen, FrontKeys.LISTEN_MORE_HTTPS, used, problems));
    }

    private static List<Integer> more(
            Fields listen, Key key, Map<Integer, String> used, Problems problems) {
        List<Found<Integer>> ports = listen.oneOrMore(key, ListenBinder::port);
        for (Found<Integer> port : ports) {
            String before = used.putIfAbsent(port.value(), key.path());
            if (before != null) {
                problems.add(
                        port.spot(),
                        "%s: %d is %s's already".formatted(key.path(), port.value(), before),
                        "give each a port of its own");
            }
        }
        return ports.stream().map(Found::value).toList();
    }

    private static Verdict<Integer> port(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= MOST_PORTS
                ? new Fits<>(Integer.parseInt(text))
                : new Unfit<>(Visible.quoted(text) + " is not a port", "from 1 to 65535");
    }

    /// A list of proxies; empty when it is absent.
    static List<AddressRange> proxies(Fields fields, Key key) {
        return fields.has(key)
                ? fields.requiredList(key, AddressRules::proxies).stream()
                        .map(Found::value)
                        .toList()
                : List.of();
    }

    /// Who may ask for the health page.
    private record Health(Optional<List<AddressRange>> from, Optional<HealthLogin> login) {}

    private static Health health(Fields listen, Problems problems) {
        Optional<List<AddressRange>> from =
                listen.has(FrontKeys.LISTEN_HEALTH_FROM)
                        ? Optional.of(
                                listen
                                        .requiredList(
                                                FrontKeys.LISTEN_HEALTH_FROM, AddressRules::range)
                                        .stream()
                                        .map(Found::value)
                                        .toList())
                        : Optional.empty();
        pairs(listen, FrontKeys.LISTEN_HEALTH_USER, FrontKeys.LISTEN_HEALTH_PASSWORD, problems);
        pairs(listen, FrontKeys.LISTEN_HEALTH_PASSWORD, FrontKeys.LISTEN_HEALTH_USER, problems);
        Optional<String> user =
                listen.optional(FrontKeys.LISTEN_HEALTH_USER, ListenBinder::user).map(Found::value);
        Optional<PasswordHash> password =
                listen.optional(FrontKeys.LISTEN_HEALTH_PASSWORD, ListenBinder::password)
                        .map(Found::value);
        return new Health(
                from, user.flatMap(name -> password.map(hash -> new HealthLogin(name, hash))));
    }

    private static void pairs(Fields listen, Key given, Key other, Problems problems) {
        if (listen.has(given) && !listen.has(other)) {
            problems.add(
                    listen.spotOf(given),
                    given.path() + " has no " + other.path(),
                    "add '" + other.example() + "': each needs the other");
        }
    }

    private static Verdict<String> user(String text) {
        return USER.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a user's name",
                        "at most 32 characters: letters, digits, '.', '_', '-'");
    }

    /// What was typed is not repeated: it may be the password itself.
    private static Verdict<PasswordHash> password(String text) {
        return HASH.matcher(text).matches()
                ? new Fits<>(new PasswordHash(text))
                : new Unfit<>(
                        "this is not the hash of a password",
                        "write what 'openssl passwd -5' prints: $5$...");
    }

    private static Verdict<Integer> size(String text) {
        if (SIZE.matcher(text).matches()) {
            int size = Integer.parseInt(text.substring(0, text.length() - 1));
            if (size >= LEAST_SIZE && size <= MOST_SIZE) {
                return new Fits<>(size);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a size of headers",
                "such as 32k, from 16k to 256k, in whole k");
    }

    private static int port(List<Optional<Found<Integer>>> ports, int index) {
        return ports.get(index).orElseThrow().value();
    }

    private static void compare(
            Fields listen, List<Optional<Found<Integer>>> ports, Pair pair, Problems problems) {
        Optional<Found<Integer>> left = ports.get(pair.left);
        Optional<Found<Integer>> right = ports.get(pair.right);
        if (left.isEmpty() || right.isEmpty() || !left.get().value().equals(right.get().value())) {
            return;
        }
        Key leftKey = PORTS.get(pair.left);
        Key rightKey = PORTS.get(pair.right);
        problems.add(
                listen.has(rightKey) ? right.get().spot() : left.get().spot(),
                "%s and %s are both %d%s"
                        .formatted(
                                leftKey.path(),
                                rightKey.path(),
                                left.get().value(),
                                listen.has(leftKey) && listen.has(rightKey) ? "" : " (a default)"),
                "give each a port of its own");
    }

    /// Two of the ports, by their index.
    private record Pair(int left, int right) {}
}
