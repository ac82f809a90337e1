package dev.tandem.prepare;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.render.Notes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How the LAN was built when the site was last rendered, kept in the site's directory: `status`
/// uses that decision instead of making a new one.
final class LanNote {
    /// `macvlan`, the interface, the router, the host's own address; before them, a machine.
    private static final int FIELDS = 4;

    private LanNote() {}

    static void write(SiteDirectory directory, Lan lan) {
        directory.note(Notes.LAN, text(lan));
    }

    private static String text(Lan lan) {
        return switch (lan) {
            case Lan.Bridge() -> "bridge\n";
            case Lan.Macvlan macvlan ->
                    "macvlan %s %s %s\n"
                            .formatted(
                                    macvlan.parent(),
                                    macvlan.gateway().map(Ip4::toString).orElse("-"),
                                    macvlan.hostAddress().map(Ip4::toString).orElse("-"));
            case Lan.Machines machines ->
                    machines.each().entrySet().stream()
                            .map(one -> one.getKey() + " " + text(one.getValue()))
                            .collect(Collectors.joining());
        };
    }

    /// Empty when the site has not been rendered yet.
    static Optional<Lan> read(SiteDirectory directory) {
        List<List<String>> lines =
                directory.read(Notes.LAN).lines().map(l -> List.of(l.split(" ", -1))).toList();
        if (lines.size() == 1 && lines.getFirst().size() == FIELDS) {
            return Optional.of(macvlan(lines.getFirst()));
        }
        SortedMap<String, Lan.Macvlan> each = new TreeMap<>();
        for (List<String> words : lines) {
            if (words.size() == FIELDS + 1 && words.get(1).equals("macvlan")) {
                each.put(words.getFirst(), macvlan(words.subList(1, words.size())));
            }
        }
        return each.isEmpty()
                ? Optional.of(lines)
                        .filter(all -> all.equals(List.of(List.of("bridge"))))
                        .map(_ -> new Lan.Bridge())
                : Optional.of(new Lan.Machines(each));
    }

    private static Lan.Macvlan macvlan(List<String> words) {
        return new Lan.Macvlan(words.get(1), Ip4.parse(words.get(2)), Ip4.parse(words.get(3)));
    }
}
