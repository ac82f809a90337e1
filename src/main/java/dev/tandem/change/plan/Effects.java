package dev.tandem.change.plan;

import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which key of the site file changes which files and containers. Nobody keeps a table of that: the
/// site is rendered once more for each key, as it would be without that edit, and what comes out
/// differently is what the edit changes. Pure.
final class Effects {
    /// With more keys than this, each counts as a cause of all that changes: no line would show
    /// them.
    private static final int MOST = 40;

    /// The two ways to build a LAN; what the machine has makes no difference here.
    private static final List<Lan> LANS =
            List.of(new Lan.Bridge(), new Lan.Macvlan("lan", Optional.empty(), Optional.empty()));

    private Effects() {}

    /// A key, and what it changes.
    ///
    /// @param changes paths of files, and names of services
    record Effect(Difference key, Set<String> changes) {
        Effect {
            changes = Set.copyOf(changes);
        }
    }

    /// The effects of all edits, in the order of the keys.
    static List<Effect> of(Site before, Site after) {
        List<Differences.Undoable> edits = Differences.undoable(before, after);
        if (edits.isEmpty()) {
            return List.of();
        }
        Map<String, String> wanted = parts(after);
        Set<String> changed = differing(parts(before), wanted);
        List<Set<String>> alone = new ArrayList<>();
        for (Differences.Undoable edit : edits) {
            Set<String> changes =
                    edits.size() > MOST
                            ? changed
                            : without(edit)
                                    .map(site -> differing(parts(site), wanted))
                                    .orElse(changed);
            alone.add(new HashSet<>(changes));
        }
        // What no edit changes alone, they change together.
        Set<String> together = new HashSet<>(changed);
        alone.forEach(together::removeAll);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            alone.get(i).addAll(together);
            Difference key = edits.get(i).difference();
            alone.get(i).addAll(ofMachine(key, after));
            effects.add(new Effect(key, alone.get(i)));
        }
        return effects;
    }

    /// The site without one edit; empty when there is no such site.
    private static Optional<Site> without(Differences.Undoable edit) {
        try {
            return Optional.of((Site) edit.without().get());
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// How the LAN is built follows from these keys and from the machine, which is not looked at.
    private static Set<String> ofMachine(Difference key, Site after) {
        List<String> keys = List.of("vip.interface", "vip.gateway", "vip.subnet");
        boolean concerns =
                keys.contains(key.path().toString())
                        || key.path().keys().getFirst().equals(Layout.MACHINES);
        return concerns ? new HashSet<>(after.services()) : Set.of();
    }

    /// Over machines, the hosts' way to the LAN follows from the nodes' addresses.
    private static List<Lan> lans(Site site) {
        return site.hasMachines()
                ? List.of(
                        new Lan.Macvlan("lan", Optional.empty(), Optional.of(site.vip().address())))
                : LANS;
    }

    private static Map<String, String> parts(Site site) {
        Map<String, String> parts = new TreeMap<>();
        for (Lan lan : lans(site)) {
            Optional<String> answered = site.tls().acme().map(_ -> "");
            Setting setting =
                    new Setting(
                            lan, new Setting.Images("", ""), "", "", Optional.empty(), answered);
            try {
                Rendering rendering = Renderer.render(site, setting);
                rendering.files().forEach((name, text) -> parts.merge(name, text, String::concat));
                rendering.services().forEach((name, at) -> parts.merge(name, at, String::concat));
            } catch (IllegalArgumentException e) {
                return Map.of(); // a site that cannot be rendered differs in everything
            }
        }
        return parts;
    }

    private static Set<String> differing(Map<String, String> one, Map<String, String> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return names;
    }
}
