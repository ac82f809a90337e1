package dev.tandem.golden;

import java.util.ArrayList;
import java.util.List;

/// The difference between two texts, line by line, that stays the same while the lines around it
/// change.
///
/// A line number would change with every line above it. So each hunk begins with `@` and the lines
/// that enclose it, which are those indented less: `@ services: / web-a:`. After that come removed
/// lines (`-`) and added ones (`+`), and lines of the first text around them (a space) only where
/// the place would not be clear without. Because it always is, {@link #applied} finds the second
/// text again: two texts never have the same difference from a third.
public final class LineDiff {
    private LineDiff() {}

    /// What makes the second text of the first; empty if they are equal.
    public static String of(String before, String after) {
        List<String> from = lines(before);
        StringBuilder text = new StringBuilder();
        for (Hunk hunk : hunks(from, lines(after))) {
            text.append(pinned(from, hunk).text(from));
        }
        return text.toString();
    }

    /// The second text again, from the first and its difference.
    public static String applied(String before, String difference) {
        List<String> from = lines(before);
        List<String> to = new ArrayList<>();
        int next = 0;
        for (Hunk hunk : Hunk.parsed(difference, from)) {
            to.addAll(from.subList(next, hunk.start()));
            to.addAll(hunk.added());
            next = hunk.end();
        }
        to.addAll(from.subList(next, from.size()));
        return String.join("\n", to);
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    /// With as few lines around it as make its place the only one.
    private static Hunk pinned(List<String> from, Hunk bare) {
        Hunk hunk = bare;
        while (hunk.places(from, hunk.shown(from), hunk.heading(from)).size() > 1) {
            hunk = hunk.wider(from.size());
        }
        return hunk;
    }

    private static List<Hunk> hunks(List<String> from, List<String> to) {
        int[][] common = common(from, to);
        List<Hunk> hunks = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            int start = i;
            int begin = j;
            while (differs(from, i, to, j)) {
                if (j == to.size() || isRemoved(common, i, j)) {
                    i++;
                } else {
                    j++;
                }
            }
            if (i > start || j > begin) {
                hunks.add(new Hunk(start, i, List.copyOf(to.subList(begin, j)), 0, 0));
            }
            i = Math.min(i + 1, from.size());
            j = Math.min(j + 1, to.size());
        }
        return hunks;
    }

    /// Whether the second text has at least as much of the first without this line of it.
    private static boolean isRemoved(int[][] common, int i, int j) {
        return i + 1 < common.length && common[i + 1][j] >= common[i][j + 1];
    }

    /// Whether lines are left, and the next two are not the same.
    private static boolean differs(List<String> from, int i, List<String> to, int j) {
        boolean bothGoOn = i < from.size() && j < to.size();
        boolean oneGoesOn = i < from.size() || j < to.size();
        return bothGoOn ? !from.get(i).equals(to.get(j)) : oneGoesOn;
    }

    /// How many lines the two texts have in common from each pair of lines on.
    private static int[][] common(List<String> from, List<String> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] =
                        from.get(i).equals(to.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
