package dev.tandem.evidence;

import java.util.List;

/// A node as it is named in a drill's evidence.
///
/// @param role what it does
/// @param name what it is called in reports: `haproxy-a`
/// @param container its container
/// @param addresses its addresses on all of its networks
/// @param macs its hardware addresses, lower case; empty where they are not known
public record Witness(
        Role role, String name, String container, List<String> addresses, List<String> macs) {
    public Witness {
        addresses = List.copyOf(addresses);
        macs = List.copyOf(macs);
    }

    /// What a node does.
    public enum Role {
        BALANCER,
        SERVER
    }
}
