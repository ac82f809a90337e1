package dev.tandem.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A table of plain text, two spaces between its columns, that fits a terminal of 80 columns.
///
/// A column is as wide as its widest cell. If that is too much, cells go on below, broken at
/// spaces, and columns that still do not fit follow in a table of their own, beside the first
/// column again. A word is never broken: it may be an address or a path that somebody copies.
public final class Table {
    private static final int WIDTH = 80;
    private static final int GAP = 2;

    /// A number stays with its unit.
    private static final Pattern BREAK = Pattern.compile(" (?!(?:s|ms|MB|GiB)\\b)");

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < columns; ) {
            int[] shown = shown(from, columns);
            text.append(text.isEmpty() ? "" : "\n").append(part(shown));
            from = shown[shown.length - 1] + 1;
        }
        return text.toString().stripTrailing();
    }

    /// As many columns as fit side by side from this one on; the first column comes with them.
    private int[] shown(int from, int columns) {
        int[] shown = from == 0 ? new int[] {0} : new int[] {0, from};
        for (int next = shown[shown.length - 1] + 1; next < columns; next++) {
            int[] more = Arrays.copyOf(shown, shown.length + 1);
            more[shown.length] = next;
            if (width(narrowest(more)) > WIDTH) {
                break;
            }
            shown = more;
        }
        return shown;
    }

    private String part(int... shown) {
        int[] widths = widths(shown);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            List<List<String>> cells = new ArrayList<>();
            for (int i = 0; i < shown.length; i++) {
                cells.add(broken(cell(row, shown[i]), widths[i]));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int line = 0; line < height; line++) {
                text.append(line(cells, line, widths)).append('\n');
            }
        }
        return text.toString();
    }

    private static String line(List<List<String>> cells, int line, int... widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = line < cells.get(i).size() ? cells.get(i).get(line) : "";
            text.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length()) + GAP));
        }
        return text.toString().stripTrailing();
    }

    /// The widest cells, made narrower until the line fits: always the widest column first.
    private int[] widths(int... shown) {
        int[] narrowest = narrowest(shown);
        int[] widths = new int[shown.length];
        for (int i = 0; i < shown.length; i++) {
            int column = shown[i];
            widths[i] = rows.stream().mapToInt(row -> cell(row, column).length()).max().orElse(0);
        }
        while (width(widths) > WIDTH) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > narrowest[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest] = broken(shown[widest], widths[widest] - 1);
        }
        return widths;
    }

    /// What remains of a column that gets this width: as wide as its longest line then.
    private int broken(int column, int width) {
        return rows.stream()
                .flatMap(row -> broken(cell(row, column), width).stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /// The longest word of each column: nothing makes it narrower.
    private int[] narrowest(int... shown) {
        return Arrays.stream(shown)
                .map(column ->
                        rows.stream()
                                .flatMap(row -> broken(cell(row, column), 1).stream())
                                .mapToInt(String::length)
                                .max()
                                .orElse(0))
                .toArray();
    }

    private static int width(int... widths) {
        return Arrays.stream(widths).sum() + GAP * (widths.length - 1);
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    /// A cell in lines of this width, or of a longer word.
    private static List<String> broken(String cell, int width) {
        List<String> lines = new ArrayList<>();
        for (String word : BREAK.split(cell, -1)) {
            String last = lines.isEmpty() ? "" : lines.getLast();
            if (!lines.isEmpty() && last.length() + 1 + word.length() <= width) {
                lines.set(lines.size() - 1, last + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }
}
