package dev.tandem.evidence;

/// Something that happened during a drill.
///
/// @param at nanoseconds from the run's zero
/// @param kind its kind
/// @param node the node it concerns; empty if it concerns no single node
/// @param text a few words about it
public record Event(long at, Kind kind, String node, String text) {
    /// Kinds of events.
    public enum Kind {
        /// What the drill did.
        DRILL,
        /// What the Docker engine did to a node.
        ENGINE,
        /// What clients saw first or last.
        CLIENT,
        /// What a balancer's Keepalived became, in its own words.
        VRRP,
        /// Who answers ARP for the VIP.
        OWNER,
        /// What a balancer's init observed of its programs.
        PROGRAM,
        /// What a balancer's HAProxy thinks of a web server.
        CHECK
    }
}
