package dev.tandem.model;

import dev.tandem.model.Server.Scheme;

/// A frontend of HAProxy that clients use.
///
/// @param scheme the scheme that they use
/// @param port its TCP port
public record Frontend(Scheme scheme, int port) {
    /// Its name in HAProxy.
    public String name() {
        return switch (scheme) {
            case HTTP -> "http";
            case HTTPS -> "https";
        };
    }
}
