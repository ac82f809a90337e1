package dev.tandem.model;

import java.util.stream.IntStream;

/// How clients reach every balancer: TCP ports, 1 to 65535, all different.
///
/// @param http plain HTTP
/// @param https HTTP over TLS, versions 2 and 1.1
/// @param health the health page, `/metrics` and `/health`
/// @param headerSize how many kB all header lines of a request, or of an answer, may have together
public record Listen(int http, int https, int health, int headerSize) {
    private static final int AGENT = 8403;
    static final int USUAL_HEADER_SIZE = 16;

    /// Ports, with the usual limit of headers.
    public Listen(int http, int https, int health) {
        this(http, https, health, USUAL_HEADER_SIZE);
    }

    /// The port, on a balancer's loopback only, where HAProxy asks about web servers that fail
    /// their clients (its agent checks): 8403, or the next lower one that is free.
    public int agent() {
        return IntStream.iterate(AGENT, port -> port - 1)
                .filter(port -> port != http && port != https && port != health)
                .findFirst()
                .orElseThrow();
    }
}
