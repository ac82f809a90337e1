package dev.tandem.change.plan;

import dev.tandem.model.Pool;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;

/// The position of a key in a site file: `backend.check`, `servers.web-a.address`.
///
/// @param keys from the outermost to the innermost; none: the site itself
public record KeyPath(List<String> keys) {
    private static final String MACHINE = "machine";

    /// A section, and a name in it; for web servers of a pool with a name, more.
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

    /// The part of a site file about a node.
    static KeyPath ofNode(Site site, String node) {
        if (site.balancers().stream().anyMatch(one -> one.name().equals(node))) {
            return of("balancers", node);
        }
        return site.pools().stream()
                .filter(pool -> pool.has(node) && !pool.name().equals(Pool.UNNAMED))
                .map(pool -> of("pools", pool.name(), "servers", node))
                .findFirst()
                .orElseGet(() -> of("servers", node));
    }

    /// The key by which it names the machine of a node.
    static KeyPath machineOf(Site site, String node) {
        return ofNode(site, node).then(MACHINE);
    }

    /// Whether it is such a key.
    boolean isMachineOfNode() {
        return keys.size() > DEPTH_OF_NODE && keys.getLast().equals(MACHINE);
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
