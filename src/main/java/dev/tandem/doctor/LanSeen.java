package dev.tandem.doctor;

import dev.tandem.model.Ip4;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How far one of a site's machines gets on the LAN, as {@link LanLook} found it.
///
/// @param mtu that of its interface, in bytes; 0 when not known
/// @param own whether an address is there, asked from the MAC address of the interface
/// @param other the same, asked from another MAC address, as each node has one
/// @param size the largest packet that an address answered; 0: none
/// @param filter its packet filter
record LanSeen(
        int mtu,
        Map<Ip4, Boolean> own,
        Map<Ip4, Boolean> other,
        Map<Ip4, Integer> size,
        PacketFilter filter) {
    LanSeen {
        own = Map.copyOf(own);
        other = Map.copyOf(other);
        size = Map.copyOf(size);
    }

    /// Parses the report. Lines that are none of it are skipped.
    static LanSeen parse(String text) {
        int mtu = 0;
        Map<Ip4, Boolean> own = new HashMap<>();
        Map<Ip4, Boolean> other = new HashMap<>();
        Map<Ip4, Integer> size = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            Optional<Ip4> address = words.length == 3 ? Ip4.parse(words[1]) : Optional.empty();
            if (words.length == 2 && words[0].equals("mtu") && words[1].matches("\\d{1,6}")) {
                mtu = Integer.parseInt(words[1]);
            } else if (address.isPresent() && words[0].equals("own")) {
                own.put(address.get(), words[2].equals("yes"));
            } else if (address.isPresent() && words[0].equals("other")) {
                other.put(address.get(), words[2].equals("yes"));
            } else if (address.isPresent() && line.matches("size \\S+ \\d{1,6}")) {
                size.put(address.get(), Integer.parseInt(words[2]));
            }
        }
        PacketFilter filter = PacketFilter.parse(lines(text, "nft "), lines(text, "legacy "));
        return new LanSeen(mtu, own, other, size, filter);
    }

    private static String lines(String text, String mark) {
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .collect(Collectors.joining("\n"));
    }

    /// The same, and what was seen from a node.
    LanSeen with(LanSeen node) {
        Map<Ip4, Boolean> all = new HashMap<>(other);
        all.putAll(node.other);
        return new LanSeen(mtu, own, all, size, filter);
    }
}
