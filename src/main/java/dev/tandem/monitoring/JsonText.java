package dev.tandem.monitoring;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// A file in JSON, over several lines. Objects are maps, arrays are lists; what else may stand in
/// them is text, numbers and truth. A library for it writes into streams, which no pure room has.
final class JsonText {
    private static final String STEP = "  ";

    private JsonText() {}

    /// The text, with a line end after the last line.
    static String of(Object content) {
        return text(content, "\n") + "\n";
    }

    private static String text(Object content, String line) {
        String inner = line + STEP;
        return switch (content) {
            case Map<?, ?> fields -> {
                StringJoiner all = new StringJoiner("," + inner, "{" + inner, line + "}");
                fields.forEach((name, value) ->
                        all.add(quoted(name.toString()) + ": " + text(value, inner)));
                yield fields.isEmpty() ? "{}" : all.toString();
            }
            case List<?> items -> {
                StringJoiner all = new StringJoiner("," + inner, "[" + inner, line + "]");
                items.forEach(item -> all.add(text(item, inner)));
                yield items.isEmpty() ? "[]" : all.toString();
            }
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(content.toString());
        };
    }

    /// A text of JSON, which is one of YAML, too.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').append((char) c);
                    } else if (c < ' ') {
                        quoted.append("\\u%04x".formatted(c));
                    } else {
                        quoted.append((char) c);
                    }
                });
        return quoted.append('"').toString();
    }
}
