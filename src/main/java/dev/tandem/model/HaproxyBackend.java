package dev.tandem.model;

import dev.tandem.model.Server.Scheme;

/// One of HAProxy's backends: the web servers of a pool, as they are asked for what came in one way
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
/// @param came how the client came, and how a web server of ours is spoken to
public record HaproxyBackend(Pool pool, Kind kind, Scheme came) {
    /// How the names of all backends without checks begin. The balancer's own programs go by that
    /// (States.pm in its image).
    static final String LAST_RESORT = "last-resort";

    private static final String TLS = "-tls";

    /// What a backend is for.
    public enum Kind {
        /// Its web servers are checked, and get requests while they pass.
        CHECKED,
        /// The same web servers without checks, for when none passes.
        LAST_RESORT
    }

    /// What HAProxy calls it.
    public String name() {
        String plain =
                switch (kind) {
                    case CHECKED -> pool.name();
                    case LAST_RESORT -> pool.called(LAST_RESORT);
                };
        return came == Scheme.HTTPS ? plain + TLS : plain;
    }

    /// Whether HAProxy knows of its web servers whether they can serve.
    public boolean isChecked() {
        return kind == Kind.CHECKED;
    }
}
