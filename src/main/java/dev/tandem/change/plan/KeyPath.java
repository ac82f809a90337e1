package dev.tandem.change.plan;

import java.util.ArrayList;
import java.util.List;

/// The position of a key in a site file: `backend.check`, `servers.web-a.address`.
///
/// @param keys from the outermost to the innermost; none: the site itself
public record KeyPath(List<String> keys) {
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

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
