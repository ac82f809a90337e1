package dev.tandem.render;

import dev.tandem.model.AddressRange;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Addresses as conditions of haproxy.cfg. A line of it has at most 64 words, so many of them are
/// an acl of several lines.
final class Ranges {
    private static final int OF_A_LINE = 50;

    private Ranges() {}

    /// As HAProxy takes a few of them.
    static String words(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(" "));
    }

    /// The balancers' own addresses, from which inits ask each listener, and `probe` before a
    /// change goes on: what is limited for clients is not limited for them. The VIP is one: who
    /// asks it from inside of a balancer comes from there, and nobody else can.
    static List<AddressRange> ofBalancers(Site site) {
        return Stream.concat(
                        Stream.of(AddressRange.LOOPBACK),
                        Stream.concat(
                                        site.vips().stream(),
                                        site.balancers().stream().flatMap(Balancer::addresses))
                                .map(AddressRange::of))
                .distinct()
                .toList();
    }

    /// An acl of whatever number of them.
    static void acl(ConfigText text, String name, List<AddressRange> ranges) {
        for (int from = 0; from < ranges.size(); from += OF_A_LINE) {
            int to = Math.min(ranges.size(), from + OF_A_LINE);
            text.add("    acl %s src %s\n", name, words(ranges.subList(from, to)));
        }
    }

    /// The condition that a client is one of them, within the line where they are few.
    ///
    /// @param name of the acl where they are many
    static String condition(ConfigText text, String name, List<AddressRange> ranges) {
        if (ranges.size() <= OF_A_LINE) {
            return "{ src " + words(ranges) + " }";
        }
        acl(text, name, ranges);
        return name;
    }
}
