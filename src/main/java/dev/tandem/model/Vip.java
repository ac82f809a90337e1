package dev.tandem.model;

import java.util.Optional;

/// The virtual server: one address that always belongs to exactly one balancer.
///
/// @param address the virtual IP
/// @param subnet the LAN that it is on; every balancer has an address there too
/// @param lanInterface what carries the LAN on the host
/// @param gateway the LAN's router; empty: the host's own default gateway if it lies in the subnet
/// @param routerId VRRP's virtual router id, 1 to 255, unique on the LAN (RFC 9568, section 5.2.3)
/// @param returns whether it goes back to the first balancer
public record Vip(
        Ip4 address,
        Subnet subnet,
        LanInterface lanInterface,
        Optional<Ip4> gateway,
        int routerId,
        Return returns) {
    /// One that goes back, as it usually does.
    public Vip(
            Ip4 address,
            Subnet subnet,
            LanInterface lanInterface,
            Optional<Ip4> gateway,
            int routerId) {
        this(address, subnet, lanInterface, gateway, routerId, Return.ALWAYS);
    }
}
