package dev.tandem.importing;

import dev.tandem.importing.Fate.Carried;
import dev.tandem.importing.Fate.Covered;
import dev.tandem.importing.Fate.Listed;
import dev.tandem.importing.Fate.Raw;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What has become of each line. A line of which nobody says anything is listed: so none can be
/// forgotten.
final class Fates {
    private final Map<SourcePlace, Line> lines = new TreeMap<>();
    private final Map<SourcePlace, Set<Fate>> fates = new TreeMap<>();

    /// Takes lines in; those that say nothing are none.
    void enter(List<Line> all) {
        all.stream()
                .filter(line -> !line.words().isEmpty())
                .forEach(line -> lines.put(line.at(), line));
    }

    void carried(Line line, String key) {
        add(line.at(), new Carried(key));
    }

    void raw(Line line, String key) {
        add(line.at(), new Raw(key));
    }

    void covered(Line line, String why) {
        add(line.at(), new Covered(why));
    }

    void listed(Line line, String why) {
        add(line.at(), new Listed(why));
    }

    /// What stood in the site file for these lines and had to go again.
    void refused(Set<SourcePlace> places, String why) {
        for (SourcePlace place : places) {
            add(place, new Listed(why));
        }
    }

    private void add(SourcePlace place, Fate fate) {
        fates.computeIfAbsent(place, _ -> new LinkedHashSet<>()).add(fate);
    }

    boolean isTold(Line line) {
        return fates.containsKey(line.at());
    }

    /// All lines with what has become of them.
    List<Told> told() {
        List<Told> told = new ArrayList<>();
        lines.forEach((place, line) ->
                told.add(
                        new Told(
                                place,
                                Secrets.hidden(line.text()),
                                List.copyOf(
                                        fates.getOrDefault(
                                                place, Set.of(new Listed("no key says this")))))));
        return told;
    }
}
