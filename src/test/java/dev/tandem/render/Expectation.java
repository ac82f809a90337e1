package dev.tandem.render;

import dev.tandem.golden.LineDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What is kept of a case's rendering, so that each line of a configuration appears in few files.
///
/// Four cases keep whole files below `expected`: of nodes that have a file of the same name, those
/// of the first node. The others are in `expected.diff`, as differences from the first node's. All
/// other cases keep only `expected.diff`: the differences from the rendering of `minimal`. It
/// leaves out files that are the same, and a node that `minimal` does not have is compared with its
/// first node that has a file of this name.
final class Expectation {
    /// The smallest file, the shipped one, and the two that differ most from them.
    static final Set<String> WHOLE =
            Set.of("minimal", "customer", "other-ports-and-backend", "three-balancers");

    static final String DIFFERENCES = "expected.diff";

    private static final Pattern STAMP = Pattern.compile("(?<=dev\\.tandem\\.config: \")[0-9a-f]+");

    private Expectation() {}

    /// The files of a case, by path in its directory.
    static SortedMap<String, String> of(String name, Map<String, String> files) {
        SortedMap<String, String> kept = new TreeMap<>();
        Map<String, String> whole = WHOLE.contains(name) ? firstOfEachName(files) : Map.of();
        whole.forEach((path, text) -> kept.put("expected/" + path, text));
        String differences =
                WHOLE.contains(name) ? differences(whole, files) : differencesFromMinimal(files);
        if (!differences.isEmpty()) {
            kept.put(DIFFERENCES, differences);
        }
        return kept;
    }

    private static Map<String, String> firstOfEachName(Map<String, String> files) {
        Map<String, String> first = new TreeMap<>(files);
        first.keySet().removeIf(path -> !firstWithName(path, files).equals(path));
        return first;
    }

    /// The first of these paths that is the same below another node; this path if there is none.
    private static String firstWithName(String path, Map<String, String> files) {
        String name = path.substring(path.indexOf('/') + 1);
        return files.keySet().stream()
                .filter(other -> other.endsWith("/" + name))
                .sorted()
                .findFirst()
                .orElse(path);
    }

    /// A container's stamp changes with every line of its service. Only which stamps differ from
    /// those of `minimal` is compared, not their values.
    private static String differencesFromMinimal(Map<String, String> files) {
        Map<String, String> minimal = new TreeMap<>(RenderCase.named("minimal").rendered());
        Map<String, String> words = new LinkedHashMap<>();
        String compose = minimal.getOrDefault("compose.yaml", "");
        STAMP.matcher(compose)
                .results()
                .map(MatchResult::group)
                .forEach(stamp -> words.putIfAbsent(stamp, "stamp " + (words.size() + 1)));
        Map<String, String> these = new TreeMap<>(files);
        minimal.put("compose.yaml", worded(compose, words));
        these.replaceAll(
                (path, text) -> path.endsWith("compose.yaml") ? worded(text, words) : text);
        return differences(minimal, these);
    }

    private static String worded(String compose, Map<String, String> words) {
        return STAMP.matcher(compose)
                .replaceAll(stamp -> words.getOrDefault(stamp.group(), "another stamp"));
    }

    /// Files with the same differences are listed together.
    private static String differences(Map<String, String> from, Map<String, String> files) {
        Map<String, List<String>> headings = new LinkedHashMap<>();
        new TreeMap<>(files)
                .forEach((path, text) -> {
                    String base = base(path, from);
                    String difference = LineDiff.of(from.getOrDefault(base, ""), text);
                    if (!base.equals(path)) {
                        add(headings, difference, path + " from " + base);
                    } else if (!from.containsKey(path)) {
                        add(headings, difference, path + " is new");
                    } else if (!difference.isEmpty()) {
                        add(headings, difference, path);
                    }
                });
        from.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> add(headings, "is not there\n", path));
        List<String> parts = new ArrayList<>();
        headings.forEach((difference, paths) -> parts.add(part(paths, difference)));
        return String.join("\n", parts);
    }

    /// What a file is compared with. One that lies on a machine is compared with what would lie
    /// there if there were no other.
    private static String base(String path, Map<String, String> from) {
        String alone = path.replaceFirst("^" + Layout.machine("[^/]+") + "/", "");
        if (from.containsKey(alone)) {
            return alone;
        }
        String first = firstWithName(alone, from);
        return from.containsKey(first) ? first : path;
    }

    private static void add(Map<String, List<String>> headings, String difference, String path) {
        headings.computeIfAbsent(
                        difference.isEmpty() ? "no difference\n" : difference,
                        key -> new ArrayList<>())
                .add(path);
    }

    private static String part(List<String> paths, String difference) {
        StringBuilder text = new StringBuilder();
        paths.forEach(path -> text.append("=== ").append(path).append('\n'));
        return text.append(difference).toString();
    }
}
