package dev.tandem.file.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A kind of file, with its keys.
///
/// @param thing what it describes, in one word: `site`
/// @param needs what it must contain
/// @param begin how it begins
/// @param keys its keys, in the order of its reference document
/// @param alike the paths of maps that also have the keys of another one, each with the path of
///   that
public record FileKind(
        String thing, String needs, String begin, List<Key> keys, Map<String, String> alike) {
    public FileKind {
        keys = List.copyOf(keys);
        alike = Map.copyOf(alike);
    }

    /// One in which no two maps are alike.
    public FileKind(String thing, String needs, String begin, List<Key> keys) {
        this(thing, needs, begin, keys, Map.of());
    }

    /// The keys directly below the key with this path.
    public List<Key> below(String path) {
        Stream<Key> own = keys.stream().filter(key -> key.parent().equals(path));
        return alike.containsKey(path)
                ? Stream.concat(own, below(alike.get(path)).stream()).toList()
                : own.toList();
    }
}
