package dev.tandem.prepare;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.render.Layout.Notes;
import java.util.Optional;

/// How the LAN was built when the site was last rendered, kept in the site's directory: `status`
/// uses that decision instead of making a new one.
final class LanNote {
    private LanNote() {}

    static void write(SiteDirectory directory, Lan lan) {
        directory.note(
                Notes.LAN,
                switch (lan) {
                    case Lan.Bridge() -> "bridge\n";
                    case Lan.Macvlan macvlan ->
                            "macvlan %s %s %s\n"
                                    .formatted(
                                            macvlan.parent(),
                                            macvlan.gateway().map(Ip4::toString).orElse("-"),
                                            macvlan.hostAddress().map(Ip4::toString).orElse("-"));
                });
    }

    /// Empty when the site has not been rendered yet.
    static Optional<Lan> read(SiteDirectory directory) {
        String[] words = directory.read(Notes.LAN).strip().split(" ", -1);
        if (words[0].equals("bridge")) {
            return Optional.of(new Lan.Bridge());
        }
        return words.length == 4
                ? Optional.of(new Lan.Macvlan(words[1], Ip4.parse(words[2]), Ip4.parse(words[3])))
                : Optional.empty();
    }
}
