package dev.tandem.file.yaml;

import java.util.Optional;

/// One key of a file. The reference, the schema for editors, the defaults, the hints and the limits
/// of numbers and lists are all taken from here.
///
/// @param path from the top, with dots; `<name>` stands for a name chosen by the user
/// @param shape what its value looks like
/// @param fallback its value when the key is absent
/// @param limits further restrictions
/// @param example one correct line, for hints
/// @param text what it is, in one or two sentences
public record Key(
        String path,
        Shape shape,
        Fallback fallback,
        KeyLimits limits,
        String example,
        String text) {

    /// The value of a key that is absent.
    public sealed interface Fallback {
        /// None: the key must be present.
        record Required() implements Fallback {}

        /// None: the key must be present, unless this other one is.
        record Unless(String other) implements Fallback {}

        /// Always this value.
        record Fixed(String text) implements Fallback {}

        /// A value that depends on others, in words.
        record Derived(String words) implements Fallback {}

        /// The key may be left out, and then has no value.
        record None() implements Fallback {}

        /// In the words of the reference document.
        default String words() {
            return switch (this) {
                case Required() -> "required";
                case Unless(String other) -> "required, unless there are `" + other + "`";
                case Fixed(String text) -> "`" + text + "`";
                case Derived(String words) -> words;
                case None() -> "none";
            };
        }
    }

    /// The key as it is written in the file: the last part of the path.
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The path of the key above; empty at the top.
    public String parent() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    /// The default, if it is the same for every site.
    public Optional<String> fixed() {
        return fallback instanceof Fallback.Fixed(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// The smallest number, or the smallest number of items.
    public int least() {
        return switch (shape) {
            case Shape.Numeric number -> number.least();
            case Shape.Items items -> items.least();
            case Shape.Named _, Shape.Maps _ -> 1;
            case Shape.OneOrMore _ -> 1;
            case Shape.Section _, Shape.Entry _, Shape.TextOrMap _ -> throw notCounted();
            case Shape.Word _, Shape.Text _, Shape.Lines _, Shape.Truth _ -> throw notCounted();
        };
    }

    /// The largest number, or the largest number of items or names.
    public int most() {
        return switch (shape) {
            case Shape.Numeric number -> number.most();
            case Shape.Items items -> items.most();
            case Shape.Named named -> named.most();
            case Shape.OneOrMore some -> some.most();
            case Shape.Maps maps -> maps.most();
            case Shape.Section _, Shape.Entry _, Shape.TextOrMap _ -> throw notCounted();
            case Shape.Word _, Shape.Text _, Shape.Lines _, Shape.Truth _ -> throw notCounted();
        };
    }

    private IllegalStateException notCounted() {
        return new IllegalStateException(path + " is neither a number nor a list");
    }
}
