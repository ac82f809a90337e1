package dev.tandem.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
///
/// Words are compared by the number of letters to insert, remove, change or swap with a neighbour
/// (the restricted Damerau-Levenshtein distance), which covers the usual typing errors. A
/// suggestion that is far off confuses more than none, so only about a third of a word may differ.
/// The exception is a shortened word: one that lacks its end, or its beginning up to a hyphen.
public final class Suggestion {
    private static final int LONGEST = 40;
    private static final int SHORTEST_CUT = 3;

    private Suggestion() {}

    /// The known word closest to the given one; empty when none is close.
    public static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String given = word.toLowerCase(Locale.ROOT);
        int most = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(given, candidate) <= most || isCut(given, candidate))
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)));
    }

    private static boolean isCut(String given, String candidate) {
        return given.length() >= SHORTEST_CUT
                && (candidate.startsWith(given) || candidate.endsWith("-" + given));
    }

    /// How many single changes turn one word into the other.
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                cost[row][column] = cell(left, right, row, column, cost);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cell(String left, String right, int row, int column, int[][] cost) {
        if (row == 0 || column == 0) {
            return row + column;
        }
        boolean isSame = left.charAt(row - 1) == right.charAt(column - 1);
        int change = cost[row - 1][column - 1] + (isSame ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(cost[row - 1][column], cost[row][column - 1]));
        return isSwap(left, right, row, column)
                ? Math.min(best, cost[row - 2][column - 2] + 1)
                : best;
    }

    private static boolean isSwap(String left, String right, int row, int column) {
        return row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
    }
}
