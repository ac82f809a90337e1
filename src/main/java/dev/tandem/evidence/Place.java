package dev.tandem.evidence;

/// Where a lost request was lost.
public sealed interface Place {
    /// The generator did not send it: too many were in flight, or its connection was gone before.
    record NotSent() implements Place {}

    /// No connection came about, and no node logged it.
    record NeverReached() implements Place {}

    /// A balancer had it, and either could give it to no web server, or died with it.
    ///
    /// @param node which one; empty text when none of them logged it
    record InBalancer(String node) implements Place {}

    /// A balancer gave it to a web server, which did not answer it, or not well.
    record InServer(String node) implements Place {}

    /// It was answered, and the answer did not arrive.
    ///
    /// @param node the balancer that sent it
    record OnTheWayBack(String node) implements Place {}

    /// Some log that might tell could not be read.
    record Unknown() implements Place {}
}
