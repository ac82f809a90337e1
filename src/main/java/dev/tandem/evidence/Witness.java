package dev.tandem.evidence;

import java.util.List;

/// A node as a drill's evidence names it.
///
/// @param role its role
/// @param name its name in reports: `haproxy-a`
/// @param container its container
/// @param addresses its addresses on all of its networks
/// @param macs its hardware addresses, lower case; empty if unknown
public record Witness(
        Role role, String name, String container, List<String> addresses, List<String> macs) {
    public Witness {
        addresses = List.copyOf(addresses);
        macs = List.copyOf(macs);
    }

    /// The role of a node.
    public enum Role {
        BALANCER,
        SERVER
    }
}
