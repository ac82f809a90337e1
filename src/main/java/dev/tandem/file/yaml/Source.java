package dev.tandem.file.yaml;

import java.util.List;

/// The text of the file, and its lines for display.
///
/// @param file its name, as the user gave it
/// @param text all of it, without a byte order mark
/// @param lines the same, cut at line breaks as YAML sees them
public record Source(String file, String text, List<String> lines) {
    public Source {
        lines = List.copyOf(lines);
    }

    /// Cuts the text into lines.
    static Source of(String file, String text) {
        return new Source(file, text, List.of(text.split("\r\n|\r|\n", -1)));
    }

    /// The line with this number, counted from 1; empty past the end.
    String line(int number) {
        return number <= lines.size() ? lines.get(number - 1) : "";
    }

    /// A problem at this place.
    Problem problem(Spot spot, String message, String hint) {
        return new Problem(
                file, spot.line(), spot.column(), spot.length(), line(spot.line()), message, hint);
    }
}
