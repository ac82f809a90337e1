package dev.tandem.file;

/// What a text must be to stand for a value: the shape of one value, without a look at others.
///
/// @param <T> what the text stands for
@FunctionalInterface
interface Rule<T> {

    /// Judges the text. The text has no line break and no control character.
    Verdict<T> judge(String text);

    /// What came of it.
    ///
    /// @param <T> what the text stands for
    sealed interface Verdict<T> {
        /// The text is right.
        record Fits<T>(T value) implements Verdict<T> {}

        /// The text is wrong.
        ///
        /// @param message what is wrong, to follow the key and a colon
        /// @param hint the one thing to do about it
        record Unfit<T>(String message, String hint) implements Verdict<T> {}
    }
}
