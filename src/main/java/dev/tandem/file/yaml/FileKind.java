package dev.tandem.file.yaml;

import java.util.List;

/// A kind of file, with its keys.
///
/// @param thing what it describes, in one word: `site`
/// @param needs what it must contain
/// @param begin how it begins
/// @param keys its keys, in the order of its reference document
public record FileKind(String thing, String needs, String begin, List<Key> keys) {
    public FileKind {
        keys = List.copyOf(keys);
    }

    /// The keys directly below the key with this path.
    public List<Key> below(String path) {
        return keys.stream().filter(key -> key.parent().equals(path)).toList();
    }
}
