package dev.tandem.file.yaml;

import java.util.Comparator;

/// One thing that has to be changed in the site file: where, what, and how.
///
/// @param file the name of the file, as the user gave it
/// @param line counted from 1
/// @param column counted from 1, in characters as an editor counts them
/// @param length how many characters are meant; 0 when something is missing there
/// @param snippet the line itself, unchanged
/// @param message what is wrong
/// @param hint the one thing to do about it
public record Problem(
        String file,
        int line,
        int column,
        int length,
        String snippet,
        String message,
        String hint) {

    /// The order of the file.
    public static final Comparator<Problem> BY_POSITION =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    /// The problem as four lines: position and message, the line, a caret, the hint. Safe for any
    /// terminal: control characters are replaced by visible symbols.
    public String render() {
        Snippet shown = Snippet.around(snippet, column, length);
        String number = "%5d".formatted(line);
        return String.join(
                "\n",
                "%s:%d:%d: %s".formatted(Visible.text(file), line, column, Visible.text(message)),
                (number + " | " + shown.text()).stripTrailing(),
                " ".repeat(number.length()) + " | " + shown.caret(),
                "   hint: " + Visible.text(hint));
    }
}
