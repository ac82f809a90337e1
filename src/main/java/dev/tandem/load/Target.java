package dev.tandem.load;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Where the requests go.
///
/// The address is already resolved: a resolver in between would be measured too.
///
/// @param address the address to connect to
/// @param host the Host header and the name the certificate must be for: a hostname or an IPv4
///   address
/// @param httpPort the port for HTTP
/// @param httpsPort the port for HTTPS
/// @param authorities the only certificate authorities that are trusted; needed for HTTPS only
/// @param pass what slow downloads and uploads show; empty: nothing
public record Target(
        InetAddress address,
        String host,
        int httpPort,
        int httpsPort,
        List<X509Certificate> authorities,
        Optional<Pass> pass) {
    public Target {
        authorities = List.copyOf(authorities);
        Check.matches("host", host, "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
        Check.within("httpPort", httpPort, 1, 65_535);
        Check.within("httpsPort", httpsPort, 1, 65_535);
    }

    /// One whose requests show nothing.
    public Target(
            InetAddress address,
            String host,
            int httpPort,
            int httpsPort,
            List<X509Certificate> authorities) {
        this(address, host, httpPort, httpsPort, authorities, Optional.empty());
    }

    /// A target that is called by its address.
    public static Target of(InetAddress address, int httpPort, int httpsPort) {
        return new Target(address, address.getHostAddress(), httpPort, httpsPort, List.of());
    }

    /// The same, trusting these authorities.
    public Target trusting(List<X509Certificate> trusted) {
        return new Target(address, host, httpPort, httpsPort, trusted, pass);
    }

    /// The same with another name.
    public Target named(String name) {
        return new Target(address, name, httpPort, httpsPort, authorities, pass);
    }

    /// The same, showing this.
    public Target showing(Pass shown) {
        return new Target(address, host, httpPort, httpsPort, authorities, Optional.of(shown));
    }

    int port(RequestClass kind) {
        return kind.isTls() ? httpsPort : httpPort;
    }

    /// The Host header: it includes a port other than the scheme's default (RFC 9110, 7.2).
    String hostHeader(RequestClass kind) {
        int usual = kind.isTls() ? 443 : 80;
        return port(kind) == usual ? host : host + ":" + port(kind);
    }
}
