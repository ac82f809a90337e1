package dev.tandem.model;

import java.util.Optional;

/// The virtual server: one address that always belongs to exactly one balancer.
///
/// @param address the virtual IP
/// @param subnet the LAN that it is on; every balancer has an address there too
/// @param lanInterface what carries the LAN on the host
/// @param gateway the LAN's router; empty: the host's own default gateway if it lies in the subnet
/// @param routerId VRRP's virtual router id, 1 to 255, unique on the LAN (RFC 9568, section 5.2.3)
public record Vip(
        Ip4 address,
        Subnet subnet,
        LanInterface lanInterface,
        Optional<Ip4> gateway,
        int routerId) {}
