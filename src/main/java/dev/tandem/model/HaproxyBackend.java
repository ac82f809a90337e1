package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.util.Set;

/// One of HAProxy's backends: the web servers of a pool, for requests that arrived over one scheme
/// (decisions 0002 and 0016). The pool `web` has these:
///
/// ```
///                                   came as HTTP    came as HTTPS
/// while one passes its checks       web             web-tls
/// while none does                   last-resort     last-resort-tls
/// ```
///
/// Another pool, `api`, would have `api`, `api-tls`, `last-resort-api` and `last-resort-api-tls`.
///
/// @param pool whose web servers
/// @param kind whether they are checked
/// @param came the scheme that the client used, and that is used towards the site's own web servers
public record HaproxyBackend(Pool pool, Kind kind, Scheme came) {
    /// The prefix of all backends without checks. The balancer's own programs rely on it (States.pm
    /// in its image).
    static final String LAST_RESORT = "last-resort";

    static final String TLS = "-tls";

    /// The prefix of the tables of routes that limit their clients.
    public static final String ROUTE_LIMITS = "limits-route-";

    /// Frontends, tables and resolvers in haproxy.cfg.
    private static final Set<String> OTHERS =
            Set.of("connections", "dns", "health", "http", "https", "requests");

    /// What a backend is for.
    public enum Kind {
        /// Its web servers are checked, and get requests while they pass.
        CHECKED,
        /// The same web servers without checks, for when none passes.
        LAST_RESORT
    }

    /// What HAProxy calls it.
    public String name() {
        return name(pool.name(), kind, came);
    }

    /// The name of such a backend of a pool.
    ///
    /// @param pool the name of the pool, or what HAProxy puts in its place
    public static String name(String pool, Kind kind, Scheme came) {
        String plain =
                switch (kind) {
                    case CHECKED -> pool;
                    case LAST_RESORT -> Pool.called(pool, LAST_RESORT);
                };
        return came == Scheme.HTTPS ? plain + TLS : plain;
    }

    /// Whether a pool of this name would have a backend that another one has, or that is none of a
    /// pool's.
    public static boolean isTaken(String pool) {
        return OTHERS.contains(pool)
                || pool.equals(Pool.RETRIES)
                || pool.startsWith(Pool.RETRIES + "-")
                || pool.startsWith(LAST_RESORT)
                || pool.startsWith(ROUTE_LIMITS)
                || pool.endsWith(TLS);
    }

    /// Whether HAProxy checks its web servers, and so knows whether they can serve.
    public boolean isChecked() {
        return kind == Kind.CHECKED;
    }
}
