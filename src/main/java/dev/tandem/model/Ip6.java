package dev.tandem.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IPv6 address, held as its 128 bits in network order. Its text is the one that RFC 5952
/// recommends, whatever was read.
///
/// `java.net.InetAddress` is not used for the reasons that {@link Ip4} has, and because it turns
/// `::ffff:192.0.2.1` into an IPv4 address without a word.
///
/// @param high the first 64 bits: the network
/// @param low the last 64 bits
public record Ip6(long high, long low) implements Ip {
    private static final int BITS = 128;
    private static final int HALF = 64;
    private static final int GROUPS = 8;
    private static final int GROUP = 16;
    private static final int IN_LONG = 4;
    private static final long ONES = 0xffff;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,4}");

    /// Reads any of the forms of RFC 4291, 2.2, without a zone; empty when it is none of them.
    public static Optional<Ip6> parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.size() == GROUPS).map(Ip6::of);
        }
        Optional<List<Integer>> before = groups(text.substring(0, gap));
        Optional<List<Integer>> after = groups(text.substring(gap + 2));
        // An IPv4 address is at the end only.
        if (before.isEmpty() || after.isEmpty() || text.substring(0, gap).contains(".")) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(before.get());
        int zeros = GROUPS - before.get().size() - after.get().size();
        for (int i = 0; i < zeros; i++) {
            all.add(0);
        }
        all.addAll(after.get());
        return zeros > 0 ? Optional.of(of(all)) : Optional.empty();
    }

    /// The groups of a part without `::`; the last two may be an IPv4 address.
    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        String[] words = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            Optional<Ip4> four = i + 1 == words.length ? Ip4.parse(words[i]) : Optional.empty();
            if (four.isPresent()) {
                groups.add(four.get().bits() >>> GROUP);
                groups.add(four.get().bits() & (int) ONES);
            } else if (HEX.matcher(words[i]).matches()) {
                groups.add(Integer.parseInt(words[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return groups.size() <= GROUPS ? Optional.of(groups) : Optional.empty();
    }

    private static Ip6 of(List<Integer> groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < IN_LONG; i++) {
            high = high << GROUP | groups.get(i);
            low = low << GROUP | groups.get(i + IN_LONG);
        }
        return new Ip6(high, low);
    }

    /// The IPv4 address that it stands for (`::ffff:192.0.2.1`); empty for all others.
    public Optional<Ip4> mapped() {
        return high == 0 && low >>> (HALF / 2) == ONES
                ? Optional.of(new Ip4((int) low))
                : Optional.empty();
    }

    @Override
    public int size() {
        return BITS;
    }

    @Override
    public Ip6 first(int prefix) {
        return new Ip6(high & mask(Math.min(prefix, HALF)), low & mask(Math.max(0, prefix - HALF)));
    }

    /// Java shifts by the number modulo 64.
    private static long mask(int prefix) {
        return prefix == 0 ? 0 : -1L << (HALF - prefix);
    }

    private int group(int index) {
        long half = index < IN_LONG ? high : low;
        int bits = GROUP * (IN_LONG - 1 - index % IN_LONG);
        return (int) ((half >>> bits) & ONES);
    }

    /// Of the longest row of zeros, of two or more, `::` is left: of two alike the first.
    @Override
    public String toString() {
        int best = 0;
        int length = 1;
        for (int from = 0; from < GROUPS; from++) {
            int zeros = zeros(from);
            if (zeros > length) {
                best = from;
                length = zeros;
            }
        }
        return length == 1 ? hex(0, GROUPS) : hex(0, best) + "::" + hex(best + length, GROUPS);
    }

    private int zeros(int from) {
        int end = from;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - from;
    }

    private String hex(int from, int end) {
        List<String> words = new ArrayList<>();
        for (int i = from; i < end; i++) {
            words.add(Integer.toHexString(group(i)));
        }
        return String.join(":", words);
    }
}
