package dev.tandem.model;

import java.util.Optional;

/// One rule of where requests go: which ones it is for, and what happens to them.
///
/// @param host a hostname, an address, or `*.` and a hostname, which stands for all names that end
///   in it; empty: any
/// @param path what the path of the request begins with
/// @param action what happens
/// @param admission which of these requests it lets through; the others are refused
/// @param users who has a password for it, as `name hash` in each line; empty: nobody needs one
public record Route(
        Optional<String> host,
        String path,
        Action action,
        Admission admission,
        Optional<GivenFile> users) {
    private static final String ANY_NAME = "*.";

    /// One that asks for no password.
    public Route(Optional<String> host, String path, Action action, Admission admission) {
        this(host, path, action, admission, Optional.empty());
    }

    /// What happens to a request.
    public sealed interface Action {}

    /// A web server of a pool gets it.
    ///
    /// @param pool the name of the pool
    /// @param strip what is taken off the beginning of its path
    public record ToPool(String pool, Optional<String> strip) implements Action {
        @Override
        public String toString() {
            return "to " + pool + strip.map(begin -> " without " + begin).orElse("");
        }
    }

    /// The client is sent elsewhere.
    ///
    /// @param url where; without a path, the path and the query of the request are added
    /// @param code the status, such as 302
    public record Redirect(String url, int code) implements Action {
        /// Where the host begins.
        private static final String SCHEME_END = "://";

        /// Whether the request's own path is kept.
        public boolean keepsPath() {
            return url.indexOf('/', hostAt()) < 0;
        }

        /// The host, with a port where one is named.
        public String authority() {
            int end = url.indexOf('/', hostAt());
            return url.substring(hostAt(), end < 0 ? url.length() : end);
        }

        /// The path, without a query; empty when the request's own is kept.
        public String path() {
            int begin = url.indexOf('/', hostAt());
            return begin < 0 ? "" : url.substring(begin).replaceFirst("\\?.*", "");
        }

        @Override
        public String toString() {
            return code + " " + url;
        }

        private int hostAt() {
            return url.indexOf(SCHEME_END) + SCHEME_END.length();
        }
    }

    /// What it is for, in one word: `api.example.com/v1/`. No two of a site have the same.
    public String name() {
        return host.orElse("") + path;
    }

    /// Whether its host stands for several.
    public boolean isOpen() {
        return host.filter(name -> name.startsWith(ANY_NAME)).isPresent();
    }

    /// With the dot, what its hosts end in.
    public String suffix() {
        return host.orElseThrow().substring(ANY_NAME.length() - 1);
    }

    /// Whether requests for a host are for it, as far as the host goes.
    ///
    /// @param other a host or, as here, `*.` and one; empty: any
    public boolean hasHost(Optional<String> other) {
        if (host.isEmpty()) {
            return true;
        }
        return isOpen()
                ? other.filter(name -> name.endsWith(suffix())).isPresent()
                : host.equals(other);
    }

    /// Whether each request that another one is for is for this one, too.
    public boolean covers(Route other) {
        return hasHost(other.host) && other.path.startsWith(path);
    }
}
