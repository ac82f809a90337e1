package dev.tandem.evidence;

/// Where a lost request was lost.
public sealed interface Place {
    /// The generator did not send it: too many were in flight, or its connection was already gone.
    record NotSent() implements Place {}

    /// The connection was never established, and no node logged it.
    record NeverReached() implements Place {}

    /// A balancer had it, and either could not give it to a web server or died with it.
    ///
    /// @param node the balancer; empty if no balancer logged it
    record InBalancer(String node) implements Place {}

    /// A balancer gave it to a web server, which answered badly or not at all.
    record InServer(String node) implements Place {}

    /// It was answered, but the answer did not arrive.
    ///
    /// @param node the balancer that sent it
    record OnTheWayBack(String node) implements Place {}

    /// A log that might tell could not be read.
    record Unknown() implements Place {}
}
