package dev.tandem.change.plan;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// Which files of the site's directory are not as wanted. Pure.
public final class Differing {
    private Differing() {}

    /// The files of a node, including those that Tandem wrote there and that are no longer wanted.
    static List<String> files(Wanted wanted, Seen seen, String node) {
        return all(wanted, seen).stream().filter(path -> wanted.belongs(path, node)).toList();
    }

    /// All files.
    public static List<String> all(Wanted wanted, Seen seen) {
        TreeSet<String> paths = new TreeSet<>(wanted.files().keySet());
        paths.addAll(seen.files().written().keySet());
        return paths.stream()
                .filter(path ->
                        !Objects.equals(wanted.files().get(path), seen.files().present().get(path)))
                .toList();
    }
}
