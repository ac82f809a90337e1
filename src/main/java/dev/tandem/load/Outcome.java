package dev.tandem.load;

/// What became of a request. Exactly one holds, and none is a guess: what the client saw, not why.
public enum Outcome {
    /// A whole answer with a status of 200 to 399 and the body that was expected.
    OK,
    /// The connection was refused.
    REFUSED,
    /// The connection was reset after it had been accepted.
    RESET,
    /// No connection, or no whole answer, within the limit.
    TIMED_OUT,
    /// A whole answer with a status of 400 or more.
    HTTP_ERROR,
    /// The connection was closed in order before the whole answer was there; also before its first
    /// byte, and during the TLS handshake.
    CUT_SHORT,
    /// A whole answer whose body is not the expected one, or with bytes after its end.
    WRONG_BODY,
    /// What came is not HTTP/1.1.
    NOT_HTTP,
    /// No packet could be sent there: no route.
    UNREACHABLE,
    /// The TLS handshake failed: a certificate that is not trusted or for another name, an alert,
    /// or bytes that are not TLS.
    TLS_FAILED,
    /// Not sent, because as many requests as the plan allows were in flight.
    SHED,
    /// Not sent, because this machine had no local port, file descriptor or memory left for it. It
    /// says nothing about the system under test, so such a run does not count.
    OWN_FAULT
}
