package dev.tandem.doctor;

import dev.tandem.model.Ip4;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A VRRP advert that was heard on the LAN, as `vrrp-listen` prints it.
///
/// @param sender its sender
/// @param routerId the virtual router that it concerns
/// @param version the version of VRRP
/// @param priority the priority of the sender
/// @param addresses the addresses of the virtual router
public record Advert(Ip4 sender, int routerId, int version, int priority, List<Ip4> addresses) {
    public Advert {
        addresses = List.copyOf(addresses);
    }

    /// Reads all lines; any that are not adverts are skipped.
    static List<Advert> parse(String text) {
        return text.lines().flatMap(line -> one(line).stream()).toList();
    }

    private static Optional<Advert> one(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 5 || !(words[1] + words[2] + words[3]).matches("\\d{3,9}")) {
            return Optional.empty();
        }
        List<Ip4> addresses =
                Stream.of(words[4].split(",", -1)).flatMap(a -> Ip4.parse(a).stream()).toList();
        return Ip4.parse(words[0])
                .map(sender ->
                        new Advert(
                                sender,
                                Integer.parseInt(words[1]),
                                Integer.parseInt(words[2]),
                                Integer.parseInt(words[3]),
                                addresses));
    }
}
