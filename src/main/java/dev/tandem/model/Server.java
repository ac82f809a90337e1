package dev.tandem.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// A web server behind the balancers.
public sealed interface Server {
    /// Its name in the site file; for the site's own servers, in Compose too.
    String name();

    /// Its servers in each of HAProxy's backends: one of its own name, or one for each of its
    /// replicas.
    default List<String> slots() {
        return switch (this) {
            case Own own -> List.of(own.name());
            case Existing there when there.replicas() > 1 ->
                    IntStream.rangeClosed(1, there.replicas())
                            .mapToObj(number -> there.name() + "-" + number)
                            .toList();
            case Existing there -> List.of(there.name());
        };
    }

    /// What part of the requests of its pool it gets.
    ServerShare share();

    /// Where it is, in a few words.
    default String place() {
        return switch (this) {
            case Own _ -> "an Nginx of this site";
            case Existing there -> there.url();
        };
    }

    /// Nginx in a container of this site, with HTTP on port 80 and HTTPS on port 443.
    ///
    /// @param address its address on the site's network or, over several machines, on the LAN
    /// @param content the directory that it serves, relative to the site file or absolute; empty: a
    ///   page that says which server answered
    /// @param machine the machine that it runs on; empty when the site names none
    record Own(
            String name,
            Ip4 address,
            Optional<String> content,
            Optional<String> machine,
            ServerShare share)
            implements Server {
        /// One with the usual share.
        public Own(String name, Ip4 address, Optional<String> content, Optional<String> machine) {
            this(name, address, content, machine, ServerShare.USUAL);
        }

        /// One of a site that names no machines.
        public Own(String name, Ip4 address, Optional<String> content) {
            this(name, address, content, Optional.empty());
        }
    }

    /// An existing web server; Tandem neither starts nor stops it.
    ///
    /// @param scheme the scheme that the balancers use towards it, for both of the site's ports
    /// @param host an IPv4 address, an IPv6 address in brackets, or a hostname
    /// @param port its TCP port
    /// @param ca the file with the CA certificates that must have issued its certificate, relative
    ///   to the site file or absolute; empty: those that the system trusts. Only with {@link
    ///   Scheme#HTTPS}.
    /// @param tlsName the name that its certificate must be for; empty: that of its URL
    /// @param verify whether its certificate is verified
    /// @param replicas how many addresses of its hostname are used at most
    /// @param proto what is spoken to it
    record Existing(
            String name,
            Scheme scheme,
            String host,
            int port,
            Optional<String> ca,
            Optional<String> tlsName,
            Verify verify,
            int replicas,
            ServerShare share,
            Proto proto)
            implements Server {
        /// One with the usual share.
        public Existing(
                String name,
                Scheme scheme,
                String host,
                int port,
                Optional<String> ca,
                Optional<String> tlsName,
                Verify verify,
                int replicas) {
            this(
                    name,
                    scheme,
                    host,
                    port,
                    ca,
                    tlsName,
                    verify,
                    replicas,
                    ServerShare.USUAL,
                    Proto.H1);
        }

        /// One whose certificate is for the host of its URL.
        public Existing(String name, Scheme scheme, String host, int port, Optional<String> ca) {
            this(name, scheme, host, port, ca, Optional.empty(), Verify.REQUIRED, 1);
        }

        /// Whether anybody on the way to it could answer in its place.
        public boolean isTakenOnTrust() {
            return scheme == Scheme.HTTPS && verify == Verify.NONE;
        }

        /// The name that it is asked for over TLS, and that its certificate must be for; empty when
        /// there is only an address.
        public Optional<String> certificateName() {
            return tlsName.or(() -> Optional.of(host).filter(one -> Ip.ofHost(one).isEmpty()));
        }

        /// Whether it has a hostname, so that DNS says where it is.
        public boolean hasHostname() {
            return Ip.ofHost(host).isEmpty();
        }

        /// Its address as in the site file.
        public String url() {
            String suffix = port == scheme.defaultPort() ? "" : ":" + port;
            return scheme.name().toLowerCase(Locale.ROOT) + "://" + host + suffix;
        }
    }

    /// The protocol of requests to an existing web server, as HAProxy calls it.
    enum Proto {
        /// HTTP/1.1.
        H1,
        /// HTTP/2: in clear text with prior knowledge, over TLS by ALPN.
        H2
    }

    /// Whether the certificate of an existing web server is verified.
    enum Verify {
        /// It must come from a CA that is trusted, and be for its name.
        REQUIRED,
        /// Any certificate is taken.
        NONE
    }

    /// The scheme that a balancer uses towards an existing web server.
    enum Scheme {
        HTTP(80),
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /// The port of a URL that does not name one.
        public int defaultPort() {
            return port;
        }
    }
}
