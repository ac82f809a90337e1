package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// The virtual server: one address that always belongs to exactly one balancer, and further ones
/// that go where it goes.
///
/// @param address the virtual IP
/// @param more further addresses, always where that one is (docs/decisions/0071)
/// @param subnet the LAN that they are on; every balancer has an address there too
/// @param lanInterface what carries the LAN on the host
/// @param gateway the LAN's router; empty: the host's own default gateway if it lies in the subnet
/// @param routerId VRRP's virtual router id, 1 to 255, unique on the LAN (RFC 9568, section 5.2.3)
/// @param returns whether it goes back to the first balancer
public record Vip(
        Ip4 address,
        List<Ip4> more,
        Subnet subnet,
        LanInterface lanInterface,
        Optional<Ip4> gateway,
        int routerId,
        Return returns) {
    /// How many further addresses there may be.
    public static final int MOST_MORE = 15;

    public Vip {
        more = List.copyOf(more);
    }

    /// One address, that goes back or does not.
    public Vip(
            Ip4 address,
            Subnet subnet,
            LanInterface lanInterface,
            Optional<Ip4> gateway,
            int routerId,
            Return returns) {
        this(address, List.of(), subnet, lanInterface, gateway, routerId, returns);
    }

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
