package dev.tandem.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Validates a document against a JSON Schema, as far as Tandem's schemas use it: an unknown
/// keyword fails.
final class SchemaCheck {
    private final List<String> complaints = new ArrayList<>();

    private SchemaCheck() {}

    /// The schema's complaints about the document.
    static List<String> complaints(Map<?, ?> schema, @Nullable Object document) {
        SchemaCheck check = new SchemaCheck();
        check.check("", schema, document);
        return check.complaints;
    }

    private void check(String path, Map<?, ?> schema, @Nullable Object value) {
        schema.forEach((word, rule) -> {
            if (!holds(path, word.toString(), rule, value)) {
                complaints.add(path + ": " + word + " " + rule + ", seen " + value);
            }
        });
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> property(path, schema, name, child));
        }
        if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            list.forEach(item -> check(path, items, item));
        }
    }

    private void property(String path, Map<?, ?> schema, Object name, @Nullable Object child) {
        Object known = map(schema.get("properties")).get(name);
        Object rule = known == null ? schema.get("additionalProperties") : known;
        String below = path + "/" + name;
        if (rule instanceof Map<?, ?> found) {
            check(below, found, child);
        } else if (Boolean.FALSE.equals(rule)) {
            complaints.add(below + ": must not be here");
        }
        if (schema.get("propertyNames") instanceof Map<?, ?> names) {
            check(below, names, name);
        }
    }

    private boolean holds(String path, String word, Object rule, @Nullable Object value) {
        return switch (word) {
            case "$schema", "title", "description", "default" -> true;
            case "properties", "additionalProperties", "propertyNames", "items" -> true;
            case "type" ->
                    (rule instanceof List<?> all ? all : List.of(rule)).contains(type(value));
            case "enum" -> ((List<?>) rule).contains(value);
            case "pattern" -> !(value instanceof String text) || matches(rule, text);
            case "maxLength" -> !(value instanceof String text) || text.length() <= (int) rule;
            case "minimum" -> !(value instanceof Integer number) || number >= (int) rule;
            case "maximum" -> !(value instanceof Integer number) || number <= (int) rule;
            case "minItems", "minProperties" -> size(value) >= (int) rule;
            case "maxItems", "maxProperties" -> size(value) <= (int) rule;
            case "uniqueItems" ->
                    Boolean.FALSE.equals(rule)
                            || !(value instanceof List<?> list)
                            || new HashSet<>(list).size() == list.size();
            case "anyOf" -> ((List<?>) rule).stream().anyMatch(one -> hasAll(value, one));
            case "required" -> map(value).keySet().containsAll((List<?>) rule);
            case "dependentRequired" ->
                    map(rule).entrySet().stream()
                            .filter(one -> map(value).containsKey(one.getKey()))
                            .allMatch(one ->
                                    map(value).keySet().containsAll((List<?>) one.getValue()));
            case "dependentSchemas" -> {
                map(rule)
                        .forEach((name, schema) -> {
                            if (map(value).containsKey(name)) {
                                check(path, map(schema), value);
                            }
                        });
                yield true;
            }
            default -> throw new AssertionError("unknown in a schema: " + word);
        };
    }

    /// Whether it has what one of several schemas requires.
    private static boolean hasAll(@Nullable Object value, @Nullable Object schema) {
        List<?> required = (List<?>) Objects.requireNonNull(map(schema).get("required"));
        return map(value).keySet().containsAll(required);
    }

    private static boolean matches(Object pattern, String text) {
        return Pattern.compile(pattern.toString()).matcher(text).find();
    }

    private static int size(@Nullable Object value) {
        return value instanceof List<?> list ? list.size() : map(value).size();
    }

    /// The value as a map; empty for anything that is not a map.
    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "object";
            case List<?> _ -> "array";
            case String _ -> "string";
            case Integer _ -> "integer";
            case Boolean _ -> "boolean";
            default -> "number";
        };
    }
}
