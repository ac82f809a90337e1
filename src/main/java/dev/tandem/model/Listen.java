package dev.tandem.model;

import java.util.stream.IntStream;

/// The TCP ports of every balancer, 1 to 65535, all different.
///
/// @param http plain HTTP
/// @param https HTTP over TLS, versions 2 and 1.1
/// @param health the health page, `/metrics` and `/health`
public record Listen(int http, int https, int health) {
    private static final int AGENT = 8403;

    /// The port, on a balancer's loopback only, where HAProxy asks about web servers that fail
    /// their clients (its agent checks): 8403, or the next lower one that is free.
    public int agent() {
        return IntStream.iterate(AGENT, port -> port - 1)
                .filter(port -> port != http && port != https && port != health)
                .findFirst()
                .orElseThrow();
    }
}
