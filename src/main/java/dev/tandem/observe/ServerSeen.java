package dev.tandem.observe;

/// A web server as one balancer sees it, in one backend.
///
/// @param backend HAProxy's backend: `web` or `web-tls`
/// @param server the web server
/// @param status HAProxy's word: UP, DOWN, MAINT, DRAIN, NOLB, or one of these with a count
/// @param check what the last check said, such as `L7OK 200` or `L4CON`
public record ServerSeen(String backend, String server, String status, String check) {
    /// Whether it gets requests.
    public boolean up() {
        return status.startsWith("UP");
    }
}
