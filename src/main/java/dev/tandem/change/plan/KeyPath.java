package dev.tandem.change.plan;

import java.util.ArrayList;
import java.util.List;

/// The position of a key in a site file: `backend.check`, `servers.web-a.address`.
///
/// @param keys from the outermost to the innermost; none: the site itself
public record KeyPath(List<String> keys) {
    private static final String MACHINE = "machine";

    /// A section, and a name in it.
    private static final int DEPTH_OF_NODE = 2;

    /// The site itself.
    static final KeyPath SITE = new KeyPath(List.of());

    public KeyPath {
        keys = List.copyOf(keys);
    }

    static KeyPath of(String... keys) {
        return new KeyPath(List.of(keys));
    }

    /// The path of a key one level further in.
    KeyPath then(String key) {
        List<String> longer = new ArrayList<>(keys);
        longer.add(key);
        return new KeyPath(longer);
    }

    /// The key by which a site file names the machine of a node.
    static KeyPath machineOf(String section, String node) {
        return of(section, node, MACHINE);
    }

    /// Whether it is such a key.
    boolean isMachineOfNode() {
        return keys.size() == DEPTH_OF_NODE + 1 && keys.getLast().equals(MACHINE);
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
