package dev.tandem.model;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An IPv4 subnet in CIDR form, such as 172.20.0.0/24.
///
/// @param base the first address; its bits beyond the prefix are zero
/// @param prefix the length of the network part in bits, 8 to 30
public record Subnet(Ip4 base, int prefix) {
    /// Rejects a base with bits beyond the prefix, and a prefix that leaves no room for hosts.
    public Subnet {
        if (prefix < 8 || prefix > 30) {
            throw new IllegalArgumentException("prefix " + prefix + " is not in 8..30");
        }
        if ((base.bits() & ~mask(prefix)) != 0) {
            throw new IllegalArgumentException(base + " has bits beyond /" + prefix);
        }
    }

    /// Reads `address/prefix`; empty when it is not a subnet. Any address of the subnet will do.
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[1-9]\\d?")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix < 8 || prefix > 30) {
            return Optional.empty();
        }
        return Ip4.parse(text.substring(0, slash)).map(address -> around(address, prefix));
    }

    /// The same for a text that is known to be a subnet.
    ///
    /// @throws IllegalArgumentException when it is not one
    public static Subnet of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a subnet: " + text));
    }

    /// The subnet of this prefix length that holds the address.
    public static Subnet around(Ip4 address, int prefix) {
        return new Subnet(new Ip4(address.bits() & mask(prefix)), prefix);
    }

    /// Whether the address lies in this subnet, its first and last address included.
    public boolean contains(Ip4 address) {
        return (address.bits() & mask(prefix)) == base.bits();
    }

    /// Whether the two have an address in common.
    public boolean overlaps(Subnet other) {
        return contains(other.base) || other.contains(base);
    }

    /// The last address, which reaches every host.
    public Ip4 broadcast() {
        return new Ip4(base.bits() | ~mask(prefix));
    }

    /// The address that Docker gives to the host's end of a bridge: the first after the base.
    public Ip4 gateway() {
        return base.plus(1);
    }

    /// Whether a host can have this address: in the subnet, and neither its base nor its broadcast
    /// address.
    public boolean isHost(Ip4 address) {
        return contains(address) && !address.equals(base) && !address.equals(broadcast());
    }

    /// All addresses that hosts can have, in order.
    public Stream<Ip4> hosts() {
        int count = broadcast().bits() - base.bits();
        return IntStream.range(1, count).mapToObj(base::plus);
    }

    private static int mask(int prefix) {
        return -1 << (32 - prefix);
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
