package dev.tandem.file.yaml;

import java.util.Optional;

/// One key of the site file, as {@link dev.tandem.file.Keys} lists it.
///
/// @param path from the top, with dots; `<name>` stands for a name that the user chooses
/// @param type in the words of the reference document
/// @param fallback what holds when the key is absent
/// @param example one right line, for hints
/// @param sentence what it is
public record Key(String path, String type, Fallback fallback, String example, String sentence) {

    /// What holds when a key is absent.
    public sealed interface Fallback {
        /// Nothing: the key must be there.
        record Required() implements Fallback {}

        /// This value, always.
        record Fixed(String text) implements Fallback {}

        /// A value that depends on others, in words.
        record Derived(String words) implements Fallback {}

        /// The key may be left out, and then there is none.
        record None() implements Fallback {}
    }

    /// What stands in the file: the last part of the path.
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The path of the key above; empty at the top.
    public String parent() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    /// The default, when it is the same for every site.
    public Optional<String> fixed() {
        return fallback instanceof Fallback.Fixed(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
