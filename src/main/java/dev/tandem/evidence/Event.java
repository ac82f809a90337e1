package dev.tandem.evidence;

/// Something that happened during a drill.
///
/// @param at nanoseconds from the run's zero
/// @param kind what sort of thing
/// @param node whom it concerns; empty text when no single node
/// @param text in a few words
public record Event(long at, Kind kind, String node, String text) {
    /// What sort of thing it is.
    public enum Kind {
        /// What the drill did.
        DRILL,
        /// What the Docker engine did to a node.
        ENGINE,
        /// What clients saw first or last.
        CLIENT,
        /// What a balancer's Keepalived became, by its own word.
        VRRP,
        /// Who answers ARP for the VIP.
        OWNER,
        /// What a balancer's init saw of its programs.
        PROGRAM,
        /// What a balancer's HAProxy thinks of a web server.
        CHECK
    }
}
