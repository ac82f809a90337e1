package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Backend.HttpReuse;

/// What haproxy.cfg says about connections to web servers that were used before: a request that
/// meets one which the web server is closing has no answer. GET and HEAD are tried again then
/// (decision 0011), all others are not.
final class ConnectionReuse {
    private ConnectionReuse() {}

    /// For the section `defaults`.
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
    static void rules(ConfigText text, Backend backend) {
        if (reuses(backend) && backend.httpReuse() == HttpReuse.SAFE) {
            text.add(
                    """
                        # A web server may be closing a connection that was used before, and a request on it has
                        # no answer. GET and HEAD are tried again, all others get a connection of their own: it has
                        # another parameter than the used ones, which changes no packet, and ends with its answer.
                        http-request set-bc-tos 0 unless { method GET HEAD }
                        http-request set-header Connection close unless { method GET HEAD }
                    """);
        }
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
