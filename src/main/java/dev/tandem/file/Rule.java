package dev.tandem.file;

import dev.tandem.file.yaml.Visible;

/// What a text must look like to be a value: the syntax of one value, regardless of others.
///
/// @param <T> what the text stands for
@FunctionalInterface
interface Rule<T> {

    /// Judges the text, which has no line break and no control character.
    Verdict<T> judge(String text);

    /// A switch: `on`, or `off`.
    static <T> Rule<T> onOrOff(T on, T off) {
        return onOrOff(on, off, "on, or off");
    }

    /// The same.
    ///
    /// @param hint what to write instead of anything else
    static <T> Rule<T> onOrOff(T on, T off, String hint) {
        return text ->
                switch (text) {
                    case "on" -> new Verdict.Fits<>(on);
                    case "off" -> new Verdict.Fits<>(off);
                    default ->
                            new Verdict.Unfit<>(
                                    Visible.quoted(text) + " is neither on nor off", hint);
                };
    }

    /// The result.
    ///
    /// @param <T> what the text stands for
    sealed interface Verdict<T> {
        /// The text is valid.
        record Fits<T>(T value) implements Verdict<T> {}

        /// The text is not valid.
        ///
        /// @param message what is wrong; it follows the key and a colon
        /// @param hint the one thing to do about it
        record Unfit<T>(String message, String hint) implements Verdict<T> {}
    }
}
