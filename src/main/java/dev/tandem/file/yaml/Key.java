package dev.tandem.file.yaml;

import java.util.Optional;

/// One key of a file. The reference, the schema for editors, the defaults, the hints and the limits
/// of numbers and lists are all taken from here.
///
/// @param path from the top, with dots; `<name>` stands for a name that the user chooses
/// @param shape what its value looks like
/// @param fallback what holds when the key is absent
/// @param limits what else must be true of it
/// @param example one right line, for hints
/// @param text what it is, in one or two sentences
public record Key(
        String path, Shape shape, Fallback fallback, Limits limits, String example, String text) {

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

        /// In the words of the reference.
        default String words() {
            return switch (this) {
                case Required() -> "required";
                case Fixed(String text) -> "`" + text + "`";
                case Derived(String words) -> words;
                case None() -> "none";
            };
        }
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

    /// The least number, or the least number of items.
    public int least() {
        return switch (shape) {
            case Shape.Numeric number -> number.least();
            case Shape.Items items -> items.least();
            case Shape.Named _ -> 1;
            case Shape.Section _, Shape.Entry _, Shape.Word _, Shape.Text _ -> throw notCounted();
        };
    }

    /// The greatest number, or the greatest number of items or names.
    public int most() {
        return switch (shape) {
            case Shape.Numeric number -> number.most();
            case Shape.Items items -> items.most();
            case Shape.Named named -> named.most();
            case Shape.Section _, Shape.Entry _, Shape.Word _, Shape.Text _ -> throw notCounted();
        };
    }

    private IllegalStateException notCounted() {
        return new IllegalStateException(path + " is neither a number nor a list");
    }
}
