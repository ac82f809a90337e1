package dev.tandem.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// One panel of the dashboard.
///
/// @param title what it shows
/// @param kind how
/// @param unit Grafana's name of a unit
/// @param width of the 24 columns of a row
/// @param queries what Prometheus is asked for it
record Panel(String title, Kind kind, String unit, int width, List<Query> queries) {
    Panel {
        queries = List.copyOf(queries);
    }

    /// What a panel looks like.
    enum Kind {
        /// The label of what is there, in large letters.
        NAME("stat", 4),
        /// A number in large letters.
        NUMBER("stat", 4),
        /// Lines over time.
        LINES("timeseries", 8),
        /// A bar for each series: green while it is 1, red while it is 0.
        TRUTH("state-timeline", 6);

        private final String type;
        private final int height;

        Kind(String type, int height) {
            this.type = type;
            this.height = height;
        }

        int height() {
            return height;
        }
    }

    /// A question to Prometheus.
    ///
    /// @param expression with `$SITE` and `$POOLS` as {@link Alert} has them
    /// @param legend what a series is called, by its labels
    record Query(String expression, String legend) {}

    /// As Grafana reads it.
    ///
    /// @param x the column where it begins
    /// @param y the row
    Map<String, Object> asJson(int id, int x, int y, List<String> expressions) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("title", title);
        json.put("type", kind.type);
        json.put("datasource", GrafanaDashboard.SOURCE);
        json.put("gridPos", position(x, y));
        json.put("fieldConfig", Map.of("defaults", defaults()));
        json.put("options", options());
        json.put(
                "targets",
                IntStream.range(0, queries.size())
                        .mapToObj(i -> target(i, expressions.get(i)))
                        .toList());
        return json;
    }

    private Map<String, Object> position(int x, int y) {
        SequencedMap<String, Object> position = new LinkedHashMap<>();
        position.put("h", kind.height());
        position.put("w", width);
        position.put("x", x);
        position.put("y", y);
        return position;
    }

    private Map<String, Object> target(int number, String expression) {
        SequencedMap<String, Object> target = new LinkedHashMap<>();
        target.put("refId", String.valueOf((char) ('A' + number)));
        target.put("datasource", GrafanaDashboard.SOURCE);
        target.put("expr", expression);
        target.put("legendFormat", queries.get(number).legend());
        boolean isNow = kind == Kind.NAME || kind == Kind.NUMBER;
        target.put("instant", isNow);
        target.put("range", !isNow);
        return target;
    }

    private Map<String, Object> defaults() {
        SequencedMap<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("unit", unit);
        defaults.put("min", 0);
        if (kind == Kind.TRUTH) {
            SequencedMap<String, Object> words = new LinkedHashMap<>();
            words.put("0", word("no", "red", 0));
            words.put("1", word("yes", "green", 1));
            SequencedMap<String, Object> mapping = new LinkedHashMap<>();
            mapping.put("type", "value");
            mapping.put("options", words);
            defaults.put("mappings", List.of(mapping));
        }
        return defaults;
    }

    private static Map<String, Object> word(String text, String colour, int index) {
        SequencedMap<String, Object> word = new LinkedHashMap<>();
        word.put("text", text);
        word.put("color", colour);
        word.put("index", index);
        return word;
    }

    private Map<String, Object> options() {
        SequencedMap<String, Object> options = new LinkedHashMap<>();
        switch (kind) {
            case NAME, NUMBER -> {
                options.put("textMode", kind == Kind.NAME ? "name" : "value_and_name");
                options.put("colorMode", "none");
                options.put("graphMode", "none");
            }
            case LINES -> options.put("tooltip", Map.of("mode", "multi"));
            case TRUTH -> options.put("showValue", "never");
        }
        return options;
    }
}
