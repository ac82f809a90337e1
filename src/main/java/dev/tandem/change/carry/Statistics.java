package dev.tandem.change.carry;

import java.util.List;
import java.util.OptionalLong;

/// What HAProxy counts, as `show stat` tells it: CSV with a line for each frontend, backend and
/// server (management guide, section 9.1). Pure.
///
/// A number that is not there, or that cannot be read, is none: unknown is never taken for 0.
///
/// @param columns their names; empty when there is no table at all
/// @param rows the fields of each line
record Statistics(List<String> columns, List<List<String>> rows) {
    private static final String PROXY = "pxname";
    private static final String NAME = "svname";

    Statistics {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// What stands before the table is passed over.
    static Statistics parse(String csv) {
        List<List<String>> table =
                csv.lines()
                        .dropWhile(line -> !line.startsWith("# " + PROXY))
                        .map(line -> List.of(line.split(",", -1)))
                        .toList();
        if (table.isEmpty()) {
            return new Statistics(List.of(), List.of());
        }
        List<String> columns =
                table.getFirst().stream().map(name -> name.replace("# ", "")).toList();
        return new Statistics(columns, table.subList(1, table.size()));
    }

    /// A number of one frontend.
    OptionalLong ofFrontend(String proxy, String column) {
        return rows.stream()
                .filter(row -> field(row, PROXY).equals(proxy))
                .filter(row -> field(row, NAME).equals("FRONTEND"))
                .findFirst()
                .map(row -> number(row, column))
                .orElse(OptionalLong.empty());
    }

    /// A number of one server, over all backends; 0 when no backend has it.
    OptionalLong ofServer(String server, String column) {
        if (!columns.containsAll(List.of(NAME, column))) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (List<String> row : rows) {
            if (field(row, NAME).equals(server)) {
                OptionalLong number = number(row, column);
                if (number.isEmpty()) {
                    return number;
                }
                sum += number.getAsLong();
            }
        }
        return OptionalLong.of(sum);
    }

    private OptionalLong number(List<String> row, String column) {
        String text = field(row, column);
        return text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /// Empty when the line has no such field.
    private String field(List<String> row, String column) {
        int place = columns.indexOf(column);
        return place >= 0 && place < row.size() ? row.get(place) : "";
    }
}
