package dev.tandem.model;

import java.util.Optional;

/// How the LAN is built on one machine: the answer to {@link LanInterface}, found by looking at the
/// host's interfaces. The same site renders differently for the two, so it is an input of
/// rendering.
public sealed interface Lan {

    /// A bridge that Tandem creates. The host has the subnet's first address on it and so reaches
    /// the VIP; other machines do not.
    record Bridge() implements Lan {}

    /// A macvlan network on an interface of the host: every machine of that LAN reaches the VIP.
    ///
    /// @param parent the host's interface
    /// @param gateway the LAN's router, if any
    /// @param hostAddress the host's own address on it, from which the host talks to the VIP; empty
    ///   when the interface has none in the subnet
    record Macvlan(String parent, Optional<Ip4> gateway, Optional<Ip4> hostAddress)
            implements Lan {}
}
