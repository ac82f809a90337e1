package dev.tandem.importing;

import dev.tandem.model.Ip6;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A `server` or `server-template` line.
///
/// @param line the line itself
/// @param name its name
/// @param host an address, that of IPv6 in brackets, or a name, in small letters
/// @param port empty: the one that the client came to
/// @param count how many servers it stands for
/// @param options its options with their values, those of `default-server` included; an option
///   without a value has an empty one
record ServerLine(
        Line line,
        String name,
        String host,
        Optional<Integer> port,
        int count,
        Map<String, String> options) {
    private static final Pattern ADDRESS =
            Pattern.compile("(ipv4@)?(?<host>[A-Za-z0-9._-]+)(:(?<port>\\d{1,5}))?");

    /// HAProxy takes what follows the last colon for the port; without brackets there is one.
    private static final Pattern IPV6 =
            Pattern.compile(
                    "(ipv6@)?(\\[(?<within>[^]]+)](:(?<port>\\d{1,5}))?"
                            + "|(?<bare>[0-9A-Fa-f.:]+):(?<after>\\d{1,5}))");

    /// Options that stand alone. All others have a value behind them.
    private static final Set<String> ALONE =
            Set.of(
                    "allow-0rtt",
                    "backup",
                    "check",
                    "check-send-proxy",
                    "check-ssl",
                    "check-via-socks4",
                    "disabled",
                    "enabled",
                    "force-sslv3",
                    "force-tlsv10",
                    "force-tlsv11",
                    "force-tlsv12",
                    "force-tlsv13",
                    "no-agent-check",
                    "no-backup",
                    "no-check",
                    "no-check-ssl",
                    "no-send-proxy",
                    "no-send-proxy-v2",
                    "no-ssl",
                    "no-ssl-reuse",
                    "no-sslv3",
                    "no-tls-tickets",
                    "no-tlsv10",
                    "no-tlsv11",
                    "no-tlsv12",
                    "no-tlsv13",
                    "no-verifyhost",
                    "non-stick",
                    "send-proxy",
                    "send-proxy-v2",
                    "send-proxy-v2-ssl",
                    "send-proxy-v2-ssl-cn",
                    "ssl",
                    "ssl-reuse",
                    "stick",
                    "tfo",
                    "tls-tickets");

    ServerLine {
        options = Map.copyOf(options);
    }

    /// Reads one; empty when it leads to no address and to no name.
    ///
    /// @param defaults the `default-server` lines that hold for it
    static Optional<ServerLine> of(Line line, List<Line> defaults) {
        boolean many = line.begins("server-template");
        Optional<At> at = at(line.word(many ? 3 : 2));
        String count = many ? line.word(2).replaceFirst("^1-", "") : "1";
        if (at.isEmpty() || !count.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        defaults.forEach(one -> options.putAll(options(one.from(1))));
        options.putAll(options(line.from(many ? 4 : 3)));
        return Optional.of(
                new ServerLine(
                        line,
                        line.word(1),
                        at.get().host(),
                        at.get().port(),
                        Integer.parseInt(count),
                        options));
    }

    /// Where it is.
    ///
    /// @param host as in a URL
    private record At(String host, Optional<Integer> port) {}

    private static Optional<At> at(String text) {
        Matcher four = ADDRESS.matcher(text);
        if (four.matches()) {
            return Optional.of(
                    new At(four.group("host").toLowerCase(Locale.ROOT), port(four.group("port"))));
        }
        Matcher six = IPV6.matcher(text);
        if (!six.matches()) {
            return Optional.empty();
        }
        boolean isBare = six.group("bare") != null;
        return Ip6.parse(six.group(isBare ? "bare" : "within"))
                .map(host -> new At("[" + host + "]", port(six.group(isBare ? "after" : "port"))));
    }

    private static Optional<Integer> port(@Nullable String text) {
        return Optional.ofNullable(text).map(Integer::valueOf);
    }

    private static Map<String, String> options(List<String> words) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            boolean alone = ALONE.contains(word) || at + 1 == words.size();
            options.put(word, alone ? "" : words.get(++at));
        }
        return options;
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
    }

    /// Where it is, so that two lines that mean one server can be told.
    String place() {
        return host + ":" + port.map(String::valueOf).orElse("");
    }

    /// Its options in the order of the alphabet.
    List<String> names() {
        return new ArrayList<>(options.keySet()).stream().sorted().toList();
    }
}
