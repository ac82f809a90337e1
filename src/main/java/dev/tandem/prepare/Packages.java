package dev.tandem.prepare;

import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The packages in an image, with their versions. Pure.
///
/// @param versions by package
record Packages(SortedMap<String, String> versions) {
    /// What prints them, in an image.
    static final List<String> COMMAND =
            List.of("dpkg-query", "--show", "--showformat", "${Package} ${Version}\\n");

    private static final int SHOWN = 4;

    Packages {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /// Reads what {@link #COMMAND} prints.
    static Packages parse(String text) {
        TreeMap<String, String> versions = new TreeMap<>();
        text.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> versions.put(words[0], words[1]));
        return new Packages(versions);
    }

    /// Tells these packages from all others, in eight letters.
    String mark() {
        StringBuilder text = new StringBuilder();
        versions.forEach((name, version) -> text.append(name + " " + version + "\n"));
        return Rendering.sha256(text.toString()).substring(0, 8);
    }

    /// Whether a text looks like such a mark: one of a build that was killed does not.
    static boolean isMark(String text) {
        return text.matches("[0-9a-f]{8}");
    }

    /// What is different from earlier ones, for people: `2 packages changed: nginx 1 → 2, ...`.
    String since(Packages before) {
        List<String> changes = new ArrayList<>();
        versions.forEach((name, version) -> {
            String old = before.versions.get(name);
            if (old == null) {
                changes.add(name + " " + version + " is new");
            } else if (!Objects.equals(old, version)) {
                changes.add(name + " " + old + " → " + version);
            }
        });
        before.versions.keySet().stream()
                .filter(name -> !versions.containsKey(name))
                .forEach(name -> changes.add(name + " is gone"));
        String shown = String.join(", ", changes.subList(0, Math.min(SHOWN, changes.size())));
        int more = changes.size() - SHOWN;
        return "%d package%s changed: %s%s"
                .formatted(
                        changes.size(),
                        changes.size() == 1 ? "" : "s",
                        shown,
                        more > 0 ? " and " + more + " more" : "");
    }
}
