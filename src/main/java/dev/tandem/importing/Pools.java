package dev.tandem.importing;

import dev.tandem.model.Pool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes the pools of web servers: the one without a name, and those that routes lead to.
final class Pools {
    static final String WEB = Pool.UNNAMED;
    private static final Set<String> BALANCES =
            Set.of("roundrobin", "static-rr", "leastconn", "first", "source", "random");

    /// Directives that a pool says with the same word.
    private static final String SAME = "retries (10|\\d)|http-reuse (safe|always|never)";

    private final ImportDraft draft;

    /// The pool of each backend.
    private final Map<String, String> pools = new HashMap<>();

    /// The pool of each set of servers: a server belongs to one pool.
    private final Map<Set<String>, String> owners = new HashMap<>();

    /// The backend that each pool was made from.
    private final Map<String, Proxy> origins = new HashMap<>();

    /// Backends whose servers another one has.
    private final Set<String> sharing = new HashSet<>();

    Pools(ImportDraft draft) {
        this.draft = draft;
    }

    /// The backends that have become pools, each with the name of its pool.
    Map<String, String> all() {
        return Map.copyOf(pools);
    }

    /// Whether a backend has no pool of its own.
    boolean shares(String backend) {
        return sharing.contains(backend);
    }

    /// Makes a backend the pool `web`.
    void web(Proxy backend) {
        write(backend, WEB);
    }

    /// The pool of a backend that a route leads to; empty when it has no servers.
    Optional<String> named(Proxy backend) {
        String known = pools.get(backend.name());
        if (known != null) {
            return Optional.of(known);
        }
        return write(backend, "");
    }

    /// @param name of the pool; empty: the one of the backend
    private Optional<String> write(Proxy backend, String name) {
        List<ServerLine> servers = draft.servers().of(backend);
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        Set<String> places =
                servers.stream()
                        .map(ServerLine::place)
                        .collect(Collectors.toCollection(TreeSet::new));
        String owner = owners.get(places);
        if (owner != null) {
            share(backend, owner);
            String path = owner.equals(WEB) ? "servers" : "pools." + owner + ".servers";
            servers.forEach(one -> draft.servers().shared(one, path));
            return Optional.of(owner);
        }
        String pool = name.isEmpty() ? draft.names().part(backend.name()) : name;
        boolean isWeb = pool.equals(WEB);
        String path = isWeb ? "backend" : "pools." + pool;
        YamlPart node = isWeb ? draft.root().map("backend") : draft.root().map("pools").map(pool);
        node.from(backend.header()).remark(backend.header().at().toString());
        draft.ledger().carried(backend.header(), isWeb ? "servers" : path);
        YamlPart to = isWeb ? draft.root().map("servers") : node.map("servers");
        draft.servers().web(to, isWeb ? "servers" : path + ".servers", backend.name(), servers);
        settings(backend, node, path);
        draft.servers().proxyProtocol(node, path, servers);
        draft.checks().web(backend, node, path, servers);
        if (!isWeb) {
            times(backend, node, path);
        }
        origins.put(pool, backend);
        pools.put(backend.name(), pool);
        owners.put(places, pool);
        return Optional.of(pool);
    }

    private void share(Proxy backend, String owner) {
        pools.put(backend.name(), owner);
        sharing.add(backend.name());
        draft.ledger()
                .listed(
                        backend.header(),
                        ("its servers are those of the pool %s: requests go there, and what else"
                                        + " this backend says holds for none")
                                .formatted(owner));
        Proxy first = origins.getOrDefault(owner, backend);
        Set<List<String>> said =
                first.section().lines().stream().map(Line::words).collect(Collectors.toSet());
        for (Line line : backend.section().lines()) {
            if (line.begins("server") || line.begins("server-template")) {
                boolean same =
                        said.stream()
                                .anyMatch(words ->
                                        words.subList(2, words.size()).equals(line.from(2)));
                if (!same) {
                    draft.ledger()
                            .listed(line, "its options are those that it has in the pool " + owner);
                }
            } else if (said.contains(line.words())) {
                if (line.word(0).matches("balance|retries|http-reuse|http-check")
                        || line.begins("option", "httpchk")) {
                    draft.ledger().carried(line, "pools." + owner);
                }
            } else if (!Rules.isOne(line) && !line.begins("acl")) {
                draft.ledger().listed(line, "it shares a pool, which says something else");
            }
        }
    }

    private void settings(Proxy backend, YamlPart node, String path) {
        backend.setting("balance")
                .ifPresent(line -> {
                    if (BALANCES.contains(line.word(1)) && line.words().size() == 2) {
                        draft.ledger().carried(line, path + ".balance");
                        if (!line.word(1).equals("roundrobin")) {
                            node.text("balance", line.word(1)).from(line);
                        }
                    } else {
                        draft.ledger().listed(line, "balance is a word without an argument");
                    }
                });
        sticky(backend, node, path + ".sticky");
        for (Line line : backend.section().lines()) {
            if (String.join(" ", line.words()).matches(SAME)) {
                String key = line.word(0).replace('-', '_');
                node.set(key, line.word(1)).from(line);
                draft.ledger().carried(line, path + "." + key);
            }
        }
    }

    /// By a cookie that HAProxy makes itself, or by the client's address. A table is none that
    /// balancers need: they agree without one.
    private void sticky(Proxy backend, YamlPart node, String key) {
        List<Line> cookies = backend.own("cookie").stream().filter(Pools::isOurs).toList();
        List<Line> addresses =
                backend.own("stick", "on", "src").stream()
                        .filter(line -> line.words().size() == 3)
                        .toList();
        List<Line> said = cookies.isEmpty() ? addresses : cookies;
        if (said.isEmpty()) {
            return;
        }
        node.text("sticky", cookies.isEmpty() ? "source" : "cookie").from(said.getLast());
        said.forEach(line -> draft.ledger().carried(line, key));
        if (cookies.isEmpty()) {
            backend.own("stick-table")
                    .forEach(line ->
                            draft.ledger().covered(line, "balancers agree without a table"));
        }
    }

    /// Whether HAProxy makes it, and no web server does.
    private static boolean isOurs(Line cookie) {
        return cookie.words().contains("insert") && !cookie.words().contains("preserve");
    }

    /// What a pool says differently from the defaults.
    private void times(Proxy backend, YamlPart node, String path) {
        for (String which : List.of("server", "tunnel")) {
            backend.own("timeout", which)
                    .forEach(line -> draft.time(line, node.map("timing"), which, path + ".timing"));
        }
    }
}
