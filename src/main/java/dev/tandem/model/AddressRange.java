package dev.tandem.model;

import java.util.Optional;

/// Addresses that have their first bits in common: from a single one (/32, or /128 of IPv6) to all
/// of their version (/0). Unlike a {@link Subnet}, it need not be a network that a host can be on.
///
/// @param base the first address; its bits beyond the prefix are zero
/// @param prefix how many bits they have in common, 0 to 32, or to 128
public record AddressRange(Ip base, int prefix) {
    /// Every address of IPv4.
    public static final AddressRange ANY = new AddressRange(new Ip4(0), 0);

    /// Every address of IPv6.
    public static final AddressRange ANY6 = new AddressRange(new Ip6(0, 0), 0);

    /// A machine's own, which no packet from outside has.
    public static final AddressRange LOOPBACK = new AddressRange(Ip4.of("127.0.0.0"), 8);

    /// Rejects a base with bits beyond the prefix.
    public AddressRange {
        if (prefix < 0 || prefix > base.size()) {
            throw new IllegalArgumentException("prefix " + prefix + " is not in 0.." + base.size());
        }
        if (!base.first(prefix).equals(base)) {
            throw new IllegalArgumentException(base + " has bits beyond /" + prefix);
        }
    }

    /// A single address.
    public static AddressRange of(Ip address) {
        return new AddressRange(address, address.size());
    }

    /// All addresses of a subnet.
    public static AddressRange of(Subnet subnet) {
        return new AddressRange(subnet.base(), subnet.prefix());
    }

    /// Reads `address`, or `address/prefix` with any address of the range; empty when it is
    /// neither.
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Ip.parse(text).map(AddressRange::of);
        }
        if (!text.substring(slash + 1).matches("\\d|[1-9]\\d{1,2}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Ip.parse(text.substring(0, slash))
                .filter(address -> prefix <= address.size())
                .map(address -> new AddressRange(address.first(prefix), prefix));
    }

    @Override
    public String toString() {
        return prefix == base.size() ? base.toString() : base + "/" + prefix;
    }
}
