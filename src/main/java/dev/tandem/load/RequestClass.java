package dev.tandem.load;

/// How a request uses its connection. Each kind is lost in its own way when a balancer fails, so
/// all are sent at the same time and counted separately.
public enum RequestClass {
    /// A new connection for every request.
    NEW_HTTP,
    /// The same over TLS, with a full handshake each time: no session is ever resumed.
    NEW_HTTPS,
    /// One of a fixed number of persistent connections.
    KEPT_HTTP,
    /// The same over TLS.
    KEPT_HTTPS,
    /// A download that takes seconds because it is read slowly.
    SLOW,
    /// A POST whose body leaves in pieces.
    UPLOAD,
    /// A connection that asks once, is silent for seconds, and asks again: two requests.
    IDLE,
    /// A new connection for a request of one of a few clients, each of which shows the cookie that
    /// it was given last: whether a client stays with its web server.
    STICKY,
    /// A stream of server-sent events that stays open for seconds, and has to bring one after that.
    EVENTS,
    /// A WebSocket that stays open for seconds, and has to answer a ping after that.
    WEBSOCKET;

    /// Whether it goes to the HTTPS port.
    public boolean isTls() {
        return this == NEW_HTTPS || this == KEPT_HTTPS;
    }

    /// Whether it is one answer that has no end.
    public boolean isStream() {
        return this == EVENTS || this == WEBSOCKET;
    }

    /// Whether it takes its connection from a pool.
    public boolean isKept() {
        return this == KEPT_HTTP || this == KEPT_HTTPS;
    }
}
