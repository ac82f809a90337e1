package dev.tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A service whose connections are handed on without being read: a database, a mail server, the API
/// of a cluster.
///
/// @param name its name; HAProxy's frontend, and the backend of {@link #servers()}, have the same
/// @param listen its TCP port on every balancer
/// @param check whether a server can be used
/// @param balance how connections are spread over the servers
/// @param idle how long a connection may be silent on both sides; empty: `timing.tunnel`
/// @param proxyProtocol how servers are told who the client is; empty: they are not
/// @param servers who gets the connections, or, with names, those that ask for none of them; may
///   then be empty
/// @param byName who gets those that ask for a name: TLS says it in the clear (SNI), and is passed
///   through
public record TcpService(
        String name,
        int listen,
        TcpCheck check,
        Backend.Balance balance,
        Optional<Duration> idle,
        Optional<ProxyProtocol> proxyProtocol,
        List<TcpServer> servers,
        List<ByName> byName) {
    /// Other frontends and backends in haproxy.cfg.
    private static final Set<String> OTHERS =
            Set.of("http", "https", "health", "connections", "requests");

    public TcpService {
        servers = List.copyOf(servers);
        byName = List.copyOf(byName);
    }

    /// Servers for a name.
    ///
    /// @param name what clients ask for; a leading `*.` stands for one label
    /// @param servers at least one
    public record ByName(String name, List<TcpServer> servers) {
        public ByName {
            servers = List.copyOf(servers);
        }
    }

    /// One of HAProxy's backends: servers that share connections.
    ///
    /// @param service whose
    /// @param asked the name that clients asked for; empty: any
    /// @param servers at least one
    public record Group(TcpService service, Optional<String> asked, List<TcpServer> servers) {
        /// What HAProxy calls it. No name of a service has a colon, and no hostname a `_`.
        public String name() {
            return service.name
                    + asked.map(name ->
                                    ":" + (name.startsWith("*") ? "_" + name.substring(1) : name))
                            .orElse("");
        }

        /// Whether it has a server of this name.
        boolean has(String server) {
            return servers.stream().anyMatch(one -> one.name().equals(server));
        }
    }

    /// Whether haproxy.cfg has another part of this name, or would have for a pool of some name.
    public static boolean isTaken(String name) {
        boolean ofPools =
                name.equals(Pool.UNNAMED)
                        || name.endsWith(HaproxyBackend.TLS)
                        || name.startsWith(HaproxyBackend.LAST_RESORT)
                        || name.startsWith(Pool.RETRIES);
        return ofPools || OTHERS.contains(name);
    }

    /// Its groups of servers: first those with a name, in the order of the file.
    public List<Group> groups() {
        Stream<Group> named =
                byName.stream().map(one -> new Group(this, Optional.of(one.name()), one.servers()));
        Stream<Group> others =
                servers.isEmpty()
                        ? Stream.of()
                        : Stream.of(new Group(this, Optional.empty(), servers));
        return Stream.concat(named, others).toList();
    }

    /// All of its servers.
    public List<TcpServer> all() {
        return groups().stream().flatMap(group -> group.servers().stream()).toList();
    }

    /// Whether it looks at the name that clients ask for.
    public boolean isByName() {
        return !byName.isEmpty();
    }

    /// The listener, as the init of a balancer calls it.
    public String listener() {
        return name + ":" + listen;
    }
}
