package dev.tandem.file;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints maps, lists, texts, numbers and truth values as JSON, indented by two spaces per level.
final class Json {
    private Json() {}

    static String of(Object value) {
        return indented(value, "\n") + "\n";
    }

    private static String indented(@Nullable Object value, String line) {
        String below = line + "  ";
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(one -> text(one.getKey()) + ": " + indented(one.getValue(), below))
                            .collect(Collectors.joining("," + below, "{" + below, line + "}"));
            case List<?> list ->
                    list.stream()
                            .map(item -> indented(item, below))
                            .collect(Collectors.joining("," + below, "[" + below, line + "]"));
            case String text -> text(text);
            case null, default -> String.valueOf(value);
        };
    }

    private static String text(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
