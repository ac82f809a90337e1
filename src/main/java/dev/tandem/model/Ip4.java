package dev.tandem.model;

import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An IPv4 address, held as its 32 bits in network order.
///
/// `java.net.InetAddress` is not used because it may ask DNS when given a text, and because
/// addresses in the model are compared, sorted and incremented.
///
/// @param bits the address, most significant byte first
public record Ip4(int bits) implements Ip, Comparable<Ip4> {
    private static final int BITS = 32;

    private static final Pattern DOTTED =
            Pattern.compile(String.join("\\.", Collections.nCopies(4, "(0|[1-9]\\d{0,2})")));

    /// Reads the dotted form, four decimal numbers from 0 to 255 without leading zeros (which some
    /// programs read as octal). For anything else, the result is empty.
    public static Optional<Ip4> parse(String text) {
        Matcher matcher = DOTTED.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int bits = 0;
        for (int group = 1; group <= 4; group++) {
            int octet = Integer.parseInt(matcher.group(group));
            if (octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new Ip4(bits));
    }

    /// The same for a text that is known to be an address.
    ///
    /// @throws IllegalArgumentException when it is not an address
    public static Ip4 of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
    }

    /// The address that is `count` higher; it may lie outside the subnet.
    public Ip4 plus(int count) {
        return new Ip4(bits + count);
    }

    /// The number after the last dot, 0 to 255.
    public int lastOctet() {
        return bits & 0xff;
    }

    @Override
    public int size() {
        return BITS;
    }

    /// Java shifts by the number modulo 32.
    @Override
    public Ip4 first(int prefix) {
        return new Ip4(prefix == 0 ? 0 : bits & -1 << (BITS - prefix));
    }

    /// Written out: what Java generates for a record is made anew at each start, for milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ip4 that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public int compareTo(Ip4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + lastOctet();
    }
}
