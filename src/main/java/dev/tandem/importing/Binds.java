package dev.tandem.importing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Writes the ports of the front door, and the certificates that are shown there.
final class Binds {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HEALTH = 8404;

    /// What a program of Tandem's has in every balancer.
    private static final int AGENT = 8403;

    private static final int HIGHEST = 65535;
    private static final int SPARE = 8000;

    private static final Set<String> COVERED =
            Set.of(
                    "alpn",
                    "npn",
                    "ciphers",
                    "ciphersuites",
                    "curves",
                    "ecdhe",
                    "ssl-min-ver",
                    "ssl-max-ver",
                    "no-sslv3",
                    "no-tlsv10",
                    "no-tlsv11",
                    "no-tls-tickets",
                    "force-tlsv12",
                    "prefer-client-ciphers",
                    "name",
                    "process",
                    "thread",
                    "shards",
                    "maxconn",
                    "backlog",
                    "tfo",
                    "defer-accept",
                    "proto");
    private static final Set<String> ALONE =
            Set.of(
                    "ssl",
                    "accept-proxy",
                    "no-sslv3",
                    "no-tlsv10",
                    "no-tlsv11",
                    "no-tls-tickets",
                    "force-tlsv12",
                    "prefer-client-ciphers",
                    "strict-sni",
                    "transparent",
                    "tfo",
                    "defer-accept",
                    "v4v6",
                    "v6only",
                    "allow-0rtt",
                    "generate-certificates");

    private final ImportDraft draft;
    private final GivenNames certificates = new GivenNames();
    private final Set<String> shown = new LinkedHashSet<>();
    private final String base;

    /// @param base where certificates with a relative name lie; may be empty
    Binds(ImportDraft draft, String base) {
        this.draft = draft;
        this.base = base;
    }

    /// Writes the ports.
    ///
    /// @param doors the front door
    /// @param pages HAProxy's own pages
    /// @param taken ports of services
    void write(List<Front> doors, List<Front> pages, Set<Integer> taken) {
        Set<Integer> plain = ports(doors, false);
        Set<Integer> encrypted = ports(doors, true);
        Set<Integer> used = new TreeSet<>(taken);
        used.addAll(plain);
        used.addAll(encrypted);
        used.add(AGENT);
        YamlPart listen = draft.root().map("listen");
        int http = first(plain, HTTP, used);
        int https = first(encrypted, HTTPS, used);
        port(listen, "http", http, HTTP, doors);
        port(listen, "https", https, HTTPS, doors);
        more(listen, "more_http", plain, http, doors);
        more(listen, "more_https", encrypted, https, doors);
        health(listen, pages, used);
        doors.forEach(this::binds);
        if (listen.isEmpty()) {
            draft.root().remove(listen);
        }
    }

    /// Says that clients come over IPv6, too, if they do anywhere.
    void ipv6(List<Front> fronts) {
        List<Line> lines =
                fronts.stream()
                        .flatMap(one -> one.binds().stream())
                        .filter(bind -> !bind.ipv6().isEmpty())
                        .map(BindLine::line)
                        .toList();
        if (!lines.isEmpty()) {
            draft.root()
                    .map("listen")
                    .set("ipv6", "on")
                    .from(lines)
                    .remark("at the balancers' own addresses; the VIP is one of IPv4");
        }
    }

    private static Set<Integer> ports(List<Front> doors, boolean tls) {
        Set<Integer> ports = new TreeSet<>();
        doors.forEach(one -> ports.addAll(tls ? one.tlsPorts() : one.plainPorts()));
        return ports;
    }

    /// The usual one if it is there, else the first; without any, one that is free.
    private static int first(Set<Integer> ports, int usual, Set<Integer> used) {
        int port =
                ports.isEmpty()
                        ? free(usual, used)
                        : ports.contains(usual) ? usual : ports.iterator().next();
        used.add(port);
        return port;
    }

    private static int free(int usual, Set<Integer> used) {
        if (!used.contains(usual)) {
            return usual;
        }
        int port = usual < SPARE ? usual + SPARE : usual + 1;
        while (used.contains(port) && port < HIGHEST) {
            port++;
        }
        return port;
    }

    private static void port(YamlPart listen, String key, int port, int usual, List<Front> doors) {
        if (port != usual) {
            listen.number(key, port).from(lines(doors, port));
        }
    }

    private static List<Line> lines(List<Front> doors, int port) {
        return doors.stream()
                .flatMap(one -> one.binds().stream())
                .filter(bind -> bind.ports().contains(port))
                .map(BindLine::line)
                .toList();
    }

    private static void more(
            YamlPart listen, String key, Set<Integer> ports, int first, List<Front> doors) {
        List<String> more = new ArrayList<>();
        List<Line> from = new ArrayList<>();
        for (int port : ports) {
            if (port != first) {
                more.add(Integer.toString(port));
                from.addAll(lines(doors, port));
            }
        }
        if (!more.isEmpty()) {
            listen.set(key, "[" + String.join(", ", more) + "]").from(from);
        }
    }

    private void health(YamlPart listen, List<Front> pages, Set<Integer> used) {
        Optional<BindLine> bind =
                pages.stream()
                        .flatMap(one -> one.binds().stream())
                        .filter(one -> !one.ports().isEmpty())
                        .filter(one -> !used.contains(one.ports().iterator().next()))
                        .findFirst();
        int port = bind.map(one -> one.ports().iterator().next()).orElse(free(HEALTH, used));
        if (port != HEALTH) {
            listen.number("health", port)
                    .from(bind.stream().map(BindLine::line).toList())
                    .remark("the statistics page, /metrics, /health and /ready");
        }
        for (Front page : pages) {
            draft.ledger().carried(page.proxy().header(), "listen.health");
            for (BindLine one : page.binds()) {
                if (one.ports().contains(port)) {
                    draft.ledger().carried(one.line(), "listen.health");
                } else {
                    draft.ledger().listed(one.line(), "the page is on listen.health, one port");
                }
                if (one.isTls()) {
                    draft.ledger().listed(one.line(), "the port of the page has no TLS");
                }
            }
        }
    }

    /// What stands behind the addresses.
    private void binds(Front front) {
        for (BindLine bind : front.binds()) {
            draft.ledger().carried(bind.line(), bind.isTls() ? "listen.https" : "listen.http");
            bind.certificates().forEach(file -> certificate(bind.line(), file));
        }
        options(front);
    }

    /// Says what has become of the options of a `bind`, of a service too.
    void options(Front front) {
        for (BindLine bind : front.binds()) {
            bind.remarks().forEach(remark -> draft.ledger().listed(bind.line(), remark));
            List<String> words = bind.options();
            for (int i = 0; i < words.size(); i++) {
                option(bind.line(), words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
                i += ALONE.contains(words.get(i)) ? 0 : 1;
            }
        }
    }

    private void option(Line line, String word, String value) {
        switch (word) {
            case "ssl", "crt" -> {}
            case "v4v6", "v6only" -> draft.ledger().covered(line, "IPv4 and IPv6 have a line each");
            case "accept-proxy" ->
                    draft.ledger()
                            .listed(
                                    line,
                                    "accept-proxy: name who is believed in"
                                            + " listen.proxy_protocol_from");
            case "crt-list" ->
                    draft.ledger()
                            .listed(line, "crt-list: name each file of it in tls.certificates");
            default -> {
                if (COVERED.contains(word)) {
                    draft.ledger().covered(line, "TLS 1.2 and later, HTTP/2 and 1.1");
                } else {
                    draft.ledger().listed(line, "%s %s: no key says this".formatted(word, value));
                }
            }
        }
    }

    private void certificate(Line line, String name) {
        if (ImportWords.hasVariable(name)) {
            draft.ledger().listed(line, "crt depends on a variable of the environment");
            return;
        }
        String file = name.startsWith("/") || base.isEmpty() ? name : base + "/" + name;
        if (file.endsWith("/") || !file.matches(".*\\.[A-Za-z0-9]+")) {
            draft.ledger()
                    .listed(line, "crt is a directory: name each file of it in tls.certificates");
            return;
        }
        if (!shown.add(file)) {
            return;
        }
        YamlPart tls = draft.root().map("tls");
        boolean first = shown.size() == 1;
        String stem = file.replaceAll(".*/|\\.[^.]*$", "");
        YamlPart node = first ? tls : tls.map("certificates").map(certificates.node(stem, ""));
        for (String key : List.of("certificate", "key")) {
            node.text(key, file).from(line);
        }
        draft.ledger().carried(line, first ? "tls.certificate" : "tls.certificates");
    }

    /// All ports of these.
    static Set<Integer> all(Stream<Front> fronts) {
        Set<Integer> ports = new TreeSet<>();
        fronts.forEach(one -> ports.addAll(one.ports()));
        return ports;
    }
}
