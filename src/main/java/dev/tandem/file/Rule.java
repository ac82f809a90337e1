package dev.tandem.file;

/// What a text must look like to be a value: the syntax of one value, regardless of others.
///
/// @param <T> what the text stands for
@FunctionalInterface
interface Rule<T> {

    /// Judges the text, which has no line break and no control character.
    Verdict<T> judge(String text);

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
