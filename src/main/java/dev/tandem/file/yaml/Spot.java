package dev.tandem.file.yaml;

import java.util.Comparator;

/// A place in the file.
///
/// @param line counted from 1
/// @param column counted from 1, in code points
/// @param length in code points, on this line
public record Spot(int line, int column, int length) {
    /// The first character of the file, for problems of the file as a whole.
    static final Spot START = new Spot(1, 1, 0);

    /// The order of the file.
    public static final Comparator<Spot> ORDER =
            Comparator.comparingInt(Spot::line).thenComparingInt(Spot::column);
}
