package dev.tandem.drill;

import java.util.Optional;

/// Where web servers that Tandem does not run have something that stays open for long.
///
/// @param webSocket the path of a WebSocket; empty: the path of their checks is tried
/// @param events the path of a stream of server-sent events; empty: the same
public record StreamPaths(Optional<String> webSocket, Optional<String> events) {
    /// Nobody has named one.
    public static final StreamPaths UNNAMED = new StreamPaths(Optional.empty(), Optional.empty());
}
