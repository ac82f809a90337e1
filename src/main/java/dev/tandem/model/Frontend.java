package dev.tandem.model;

import dev.tandem.model.Server.Scheme;

/// A frontend of HAProxy that clients use.
///
/// @param scheme how they come
/// @param port where
public record Frontend(Scheme scheme, int port) {
    /// What HAProxy calls it.
    public String name() {
        return switch (scheme) {
            case HTTP -> "http";
            case HTTPS -> "https";
        };
    }
}
