package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Backend.HttpReuse;
import dev.tandem.model.Site;

/// What haproxy.cfg says about connections to web servers that were used before: a request that
/// meets one which the web server is closing has no answer. GET and HEAD are tried again then
/// (decision 0011), all others are not.
final class ConnectionReuse {
    private ConnectionReuse() {}

    /// Whether all pools reuse connections, or none does: then it stands in the section `defaults`,
    /// and otherwise in the backends. What `defaults` has of it also holds for the frontends.
    static boolean isTheSame(Site site) {
        return site.pools().stream().map(pool -> reuses(pool.settings())).distinct().count() == 1;
    }

    /// For the section `defaults`, or a backend.
    static void defaults(ConfigText text, Backend backend) {
        if (reuses(backend)) {
            text.add("    http-reuse always                       # see the frontends\n");
        } else {
            text.add("    option http-server-close                # one request each\n");
        }
    }

    /// For a frontend. HAProxy takes a used connection only where its parameters are those of the
    /// request, and type of service 0 is what a connection has anyway: nothing else changes. The
    /// connection is used once, so that the next such request does not find it.
    static void rules(ConfigText text, Site site) {
        for (PoolRules.Group<Boolean> group :
                PoolRules.groups(site, pool -> isSafe(pool.settings()))) {
            if (!group.value()) {
                continue;
            }
            text.add(
                    """
                        # A web server may be closing a connection that was used before, and a request on it has
                        # no answer. GET and HEAD are tried again, all others get a connection of their own: it has
                        # another parameter than the used ones, which changes no packet, and ends with its answer.
                        http-request set-bc-tos 0%1$s
                        http-request set-header Connection close%1$s
                    """,
                    group.unless("{ method GET HEAD }"));
        }
    }

    private static boolean isSafe(Backend backend) {
        return reuses(backend) && backend.httpReuse() == HttpReuse.SAFE;
    }

    /// Without retries, nothing that meets a closing connection would be tried again.
    private static boolean reuses(Backend backend) {
        return switch (backend.httpReuse()) {
            case SAFE -> backend.retries() > 0;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
