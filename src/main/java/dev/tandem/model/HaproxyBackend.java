package dev.tandem.model;

import dev.tandem.model.Server.Scheme;

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

    /// Whether HAProxy checks its web servers, and so knows whether they can serve.
    public boolean isChecked() {
        return kind == Kind.CHECKED;
    }
}
