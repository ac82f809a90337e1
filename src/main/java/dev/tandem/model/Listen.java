package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How clients reach every balancer: TCP ports, 1 to 65535, all different; and who may ask for the
/// health page.
///
/// @param http plain HTTP
/// @param https HTTP over TLS, versions 2 and 1.1
/// @param health the health page, `/metrics`, `/health` and `/ready`
/// @param headerSize how many kB all header lines of a request, or of an answer, may have together
/// @param healthFrom who may ask on the health port; empty: the machines on the site's own subnets,
///   see {@link Site#healthFrom()}
/// @param healthLogin the password that is asked for there; empty: none
/// @param proxyProtocolFrom who begins each connection with the PROXY protocol, on the other ports
/// @param moreHttp more ports for plain HTTP
/// @param moreHttps more ports for HTTPS
/// @param ipv6 whether all of these ports are there over IPv6, too
public record Listen(
        int http,
        int https,
        int health,
        int headerSize,
        Optional<List<AddressRange>> healthFrom,
        Optional<HealthLogin> healthLogin,
        List<AddressRange> proxyProtocolFrom,
        List<Integer> moreHttp,
        List<Integer> moreHttps,
        Ipv6 ipv6) {
    private static final int AGENT = 8403;
    static final int USUAL_HEADER_SIZE = 16;

    public Listen {
        healthFrom = healthFrom.map(List::copyOf);
        proxyProtocolFrom = List.copyOf(proxyProtocolFrom);
        moreHttp = List.copyOf(moreHttp);
        moreHttps = List.copyOf(moreHttps);
    }

    /// Whether balancers listen on their addresses of IPv6.
    public enum Ipv6 {
        ON,
        OFF
    }

    /// Where there is one port for each, and nobody speaks the PROXY protocol.
    public Listen(
            int http,
            int https,
            int health,
            int headerSize,
            Optional<List<AddressRange>> healthFrom,
            Optional<HealthLogin> healthLogin) {
        this(
                http,
                https,
                health,
                headerSize,
                healthFrom,
                healthLogin,
                List.of(),
                List.of(),
                List.of(),
                Ipv6.OFF);
    }

    /// Ports, with the usual limit of headers, and a health page for the site's own subnets.
    public Listen(int http, int https, int health) {
        this(http, https, health, USUAL_HEADER_SIZE);
    }

    /// The same with another limit of headers.
    public Listen(int http, int https, int health, int headerSize) {
        this(http, https, health, headerSize, Optional.empty(), Optional.empty());
    }

    /// The port, on a balancer's loopback only, where HAProxy asks about web servers that fail
    /// their clients (its agent checks): 8403, or the next lower one that is free.
    public int agent() {
        return IntStream.iterate(AGENT, port -> port - 1)
                .filter(port -> port != http && port != https && port != health)
                .filter(port -> !moreHttp.contains(port) && !moreHttps.contains(port))
                .findFirst()
                .orElseThrow();
    }

    /// HAProxy's frontends for HTTP.
    List<Frontend> frontends() {
        return List.of(
                new Frontend(Scheme.HTTP, http, moreHttp),
                new Frontend(Scheme.HTTPS, https, moreHttps));
    }
}
