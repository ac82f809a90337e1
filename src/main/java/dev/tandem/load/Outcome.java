package dev.tandem.load;

/// The outcome of a request. Exactly one applies, and none is a guess: what the client saw, not
/// why.
public enum Outcome {
    /// A complete answer with a status of 200 to 399 and the expected body.
    OK,
    /// The connection was refused.
    REFUSED,
    /// The connection was reset after it had been accepted.
    RESET,
    /// No connection, or no complete answer, within the limit.
    TIMED_OUT,
    /// A complete answer with a status of 400 or more.
    HTTP_ERROR,
    /// The connection was closed cleanly before the answer was complete; also before its first
    /// byte, and during the TLS handshake.
    CUT_SHORT,
    /// A complete answer with the wrong body, or with bytes after its end.
    WRONG_BODY,
    /// The answer was not HTTP/1.1.
    NOT_HTTP,
    /// No packet could be sent there: no route.
    UNREACHABLE,
    /// The TLS handshake failed: a certificate that is not trusted or is for another name, an
    /// alert, or bytes that are not TLS.
    TLS_FAILED,
    /// Not sent, because the plan's limit of requests in flight was reached.
    SHED,
    /// Not sent, because this machine had no local port, file descriptor or memory left. This says
    /// nothing about the system under test, so such a run does not count.
    OWN_FAULT
}
