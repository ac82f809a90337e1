package dev.tandem.model;

import java.util.Optional;

/// IPv4 addresses that have their first bits in common: from a single one (/32) to all (/0). Unlike
/// a {@link Subnet}, it need not be a network that a host can be on.
///
/// @param base the first address; its bits beyond the prefix are zero
/// @param prefix how many bits they have in common, 0 to 32
public record AddressRange(Ip4 base, int prefix) {
    private static final int BITS = 32;

    /// Every address.
    public static final AddressRange ANY = new AddressRange(new Ip4(0), 0);

    /// A machine's own, which no packet from outside has.
    public static final AddressRange LOOPBACK = new AddressRange(Ip4.of("127.0.0.0"), 8);

    /// Rejects a base with bits beyond the prefix.
    public AddressRange {
        if (prefix < 0 || prefix > BITS) {
            throw new IllegalArgumentException("prefix " + prefix + " is not in 0..32");
        }
        if ((base.bits() & ~mask(prefix)) != 0) {
            throw new IllegalArgumentException(base + " has bits beyond /" + prefix);
        }
    }

    /// A single address.
    public static AddressRange of(Ip4 address) {
        return new AddressRange(address, BITS);
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
            return Ip4.parse(text).map(AddressRange::of);
        }
        if (!text.substring(slash + 1).matches("\\d|[12]\\d|3[0-2]")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Ip4.parse(text.substring(0, slash))
                .map(address -> new AddressRange(new Ip4(address.bits() & mask(prefix)), prefix));
    }

    /// Java shifts by the number modulo 32.
    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }

    @Override
    public String toString() {
        return prefix == BITS ? base.toString() : base + "/" + prefix;
    }
}
