package dev.tandem.load;

/// What happened to one planned request: there is exactly one record for each, whatever happened.
/// Times are nanoseconds from the run's zero, -1 if that point was never reached.
///
/// @param kind its class
/// @param id unique; the request carried it in the header `X-Tandem-Id`
/// @param planned when it was due
/// @param sent when the generator acted: began to connect, or wrote the request to an open
///   connection. -1 for a request that was shed, that waited in vain for a kept connection, or that
///   was due on an IDLE connection lost during the silence
/// @param connected when its connection was ready to carry it, TLS handshake included; before
///   `planned` if the connection was already open
/// @param firstByte when the first byte of the answer arrived
/// @param done when the outcome was certain; never -1
/// @param outcome its outcome
/// @param status the status of the answer, 0 without one
/// @param bytes how many bytes of the answer's body arrived
/// @param server the answer's `X-Served-By`, empty without one
/// @param balancer the answer's `X-Balancer`, empty without one
public record RequestRecord(
        RequestClass kind,
        String id,
        long planned,
        long sent,
        long connected,
        long firstByte,
        long done,
        Outcome outcome,
        int status,
        long bytes,
        String server,
        String balancer) {
    /// How long the user of this request waited: from the planned time, not from the sending, so
    /// that no delay is left out, not even the generator's own.
    public long latency() {
        return done - planned;
    }
}
