package dev.tandem.model;

import java.util.Optional;

/// A web server behind the balancers.
public sealed interface Server {
    /// Its name in HAProxy, and in Compose when it is ours.
    String name();

    /// Nginx in a container of this site, with HTTP on port 80 and HTTPS on port 443.
    ///
    /// @param address its address on the site's network
    /// @param content the directory that it serves, relative to the site file or absolute; empty: a
    ///   page that says which server answered
    record Own(String name, Ip4 address, Optional<String> content) implements Server {}

    /// A web server that is there already; Tandem neither starts nor stops it.
    ///
    /// @param scheme how the balancers speak to it, for both of the site's ports
    /// @param host an IPv4 address or a hostname
    /// @param port its TCP port
    /// @param ca the file with the CA certificates that its own must come from, relative to the
    ///   site file or absolute; empty: those that the system trusts. Only with {@link
    ///   Scheme#HTTPS}.
    record Existing(String name, Scheme scheme, String host, int port, Optional<String> ca)
            implements Server {}

    /// How a balancer speaks to a web server that is there already.
    enum Scheme {
        HTTP(80),
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /// The port that a URL without one means.
        public int defaultPort() {
            return port;
        }
    }
}
