package dev.tandem.file;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Key.Fallback;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.ArrayList;
import java.util.List;

/// Keys in the order of the reference, which is the order in which they are added.
final class KeyTable {
    static final Fallback REQUIRED = new Fallback.Required();
    static final Fallback NONE = new Fallback.None();

    private final List<Key> keys = new ArrayList<>();

    /// A value that is the same for every site.
    static Fallback fixed(String text) {
        return new Fallback.Fixed(text);
    }

    /// Required where there is no other key of this name.
    static Fallback unless(String other) {
        return new Fallback.Unless(other);
    }

    /// A value that depends on others, in words.
    static Fallback derived(String words) {
        return new Fallback.Derived(words);
    }

    /// Adds a key that its shape describes completely.
    Key add(String path, Shape shape, Fallback fallback, String example, String text) {
        return add(path, shape, fallback, KeyLimits.NONE, example, text);
    }

    Key add(
            String path,
            Shape shape,
            Fallback fallback,
            KeyLimits limits,
            String example,
            String text) {
        Key key = new Key(path, shape, fallback, limits, example, text);
        keys.add(key);
        return key;
    }

    List<Key> keys() {
        return List.copyOf(keys);
    }
}
