package dev.tandem.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// What HAProxy's `show stat` prints: CSV with a row for each frontend, backend and server (HAProxy
/// 3.0 management guide, section 9.1).
///
/// A missing or unreadable number is unknown, never 0.
///
/// @param columns their names; empty when there is no table
/// @param rows one for each line below the names
public record HaproxyCsv(Set<String> columns, List<Row> rows) {
    /// The column with the name of the frontend or backend.
    public static final String PROXY = "pxname";

    /// The column with the name of the server; `FRONTEND` or `BACKEND` in a row of totals.
    public static final String NAME = "svname";

    private static final String MARK = "# ";
    private static final Set<String> TOTALS = Set.of("FRONTEND", "BACKEND");

    public HaproxyCsv {
        columns = Set.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// One line of the table.
    ///
    /// @param fields by column; a truncated line lacks the last ones
    public record Row(Map<String, String> fields) {
        public Row {
            fields = Map.copyOf(fields);
        }

        /// Whether the line is long enough to have these columns.
        public boolean has(Set<String> wanted) {
            return fields.keySet().containsAll(wanted);
        }

        /// Empty when the line has no such field.
        public String field(String column) {
            return fields.getOrDefault(column, "");
        }

        /// A number that HAProxy counts.
        public OptionalLong number(String column) {
            String text = field(column);
            return text.matches("\\d{1,18}")
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        }

        /// Whether the row is about a server rather than a total.
        public boolean isServer() {
            return fields.containsKey(NAME) && !TOTALS.contains(field(NAME));
        }
    }

    /// Reads the table; any text before it is skipped.
    public static HaproxyCsv parse(String text) {
        List<String> lines =
                text.lines().dropWhile(line -> !line.startsWith(MARK + PROXY)).toList();
        if (lines.isEmpty()) {
            return new HaproxyCsv(Set.of(), List.of());
        }
        List<String> columns = cells(lines.getFirst().substring(MARK.length()));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
                fields.put(columns.get(i), cells.get(i));
            }
            rows.add(new Row(fields));
        }
        return new HaproxyCsv(Set.copyOf(columns), rows);
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",", -1));
    }

    /// The rows of servers that are long enough to have all of these columns.
    public List<Row> servers(Set<String> wanted) {
        return rows.stream().filter(row -> row.isServer() && row.has(wanted)).toList();
    }

    /// A number of one frontend.
    public OptionalLong ofFrontend(String proxy, String column) {
        return rows.stream()
                .filter(row -> row.field(PROXY).equals(proxy))
                .filter(row -> row.field(NAME).equals("FRONTEND"))
                .findFirst()
                .map(row -> row.number(column))
                .orElse(OptionalLong.empty());
    }

    /// The sum of a number of some servers, over all backends; 0 when no backend has them.
    public OptionalLong ofServers(Set<String> servers, String column) {
        if (!columns.containsAll(Set.of(NAME, column))) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (Row row : rows) {
            if (servers.contains(row.field(NAME))) {
                OptionalLong number = row.number(column);
                if (number.isEmpty()) {
                    return number;
                }
                sum += number.getAsLong();
            }
        }
        return OptionalLong.of(sum);
    }
}
