package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.util.List;
import java.util.stream.Stream;

/// A frontend of HAProxy that clients use.
///
/// @param scheme the scheme that they use
/// @param port its TCP port
/// @param more more of them
public record Frontend(Scheme scheme, int port, List<Integer> more) {
    public Frontend {
        more = List.copyOf(more);
    }

    /// One with a single port.
    public Frontend(Scheme scheme, int port) {
        this(scheme, port, List.of());
    }

    /// All of its ports.
    public List<Integer> ports() {
        return Stream.concat(Stream.of(port), more.stream()).toList();
    }

    /// Its name in HAProxy.
    public String name() {
        return switch (scheme) {
            case HTTP -> "http";
            case HTTPS -> "https";
        };
    }
}
