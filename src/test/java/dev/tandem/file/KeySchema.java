package dev.tandem.file;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Key.Fallback.Required;
import dev.tandem.file.yaml.Key.Fallback.Unless;
import dev.tandem.file.yaml.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The JSON Schema of a kind of file, generated from its keys: for completion in editors.
final class KeySchema {
    private final FileKind kind;

    private KeySchema(FileKind kind) {
        this.kind = kind;
    }

    /// @param file the usual name of such a file
    /// @param verb the command that tells more
    static Map<String, Object> of(FileKind kind, String file, String verb) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", file);
        schema.put(
                "description",
                "For completion in editors. The program checks more, and says more: " + verb + ".");
        schema.put("type", "object");
        new KeySchema(kind).map(schema, "");
        return schema;
    }

    /// Adds the rules for a map with the keys below a path.
    private void map(Map<String, Object> schema, String path) {
        List<Key> keys = kind.below(path);
        schema.put("additionalProperties", false);
        schema.put("properties", byName(keys, this::key));
        List<String> required =
                keys.stream()
                        .filter(key -> key.fallback() instanceof Required)
                        .map(Key::name)
                        .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        keys.stream()
                .filter(key -> key.fallback() instanceof Unless)
                .forEach(key -> schema.put("anyOf", either(key)));
        List<Key> dependent = keys.stream().filter(key -> !key.limits().needs().isEmpty()).toList();
        if (!dependent.isEmpty()) {
            schema.put("dependentRequired", byName(dependent, key -> key.limits().needs()));
        }
        List<Key> alone = keys.stream().filter(key -> !key.limits().excludes().isEmpty()).toList();
        if (!alone.isEmpty()) {
            schema.put("dependentSchemas", byName(alone, KeySchema::without));
        }
    }

    private static Map<String, Object> byName(List<Key> keys, Function<Key, Object> value) {
        Map<String, Object> all = new LinkedHashMap<>();
        keys.forEach(key -> all.put(key.name(), value.apply(key)));
        return all;
    }

    private static List<Object> either(Key key) {
        String other = ((Unless) key.fallback()).other();
        return Stream.of(key.name(), other)
                .<Object>map(name -> Map.of("required", List.of(name)))
                .toList();
    }

    private static Map<String, Object> without(Key key) {
        return Map.of(
                "properties",
                key.limits().excludes().stream()
                        .collect(Collectors.toMap(Function.identity(), name -> false)));
    }

    private Map<String, Object> key(Key key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", key.text());
        switch (key.shape()) {
            case Shape.Section() -> {
                schema.put("type", mapType(key));
                map(schema, key.path());
            }
            case Shape.Entry() -> {
                schema.put("type", mapType(key));
                map(schema, key.path());
            }
            case Shape.Named named -> {
                schema.put("type", mapType(key));
                schema.put("minProperties", 1);
                schema.put("maxProperties", named.most());
                schema.put("propertyNames", value(named.name()));
                schema.put("additionalProperties", key(kind.below(key.path()).getFirst()));
            }
            case Shape.Numeric number -> schema.putAll(value(number));
            case Shape.Word word -> schema.putAll(value(word));
            case Shape.Truth truth -> schema.putAll(value(truth));
            case Shape.Text text -> schema.putAll(value(text));
            case Shape.Items items -> schema.putAll(value(items));
            case Shape.OneOrMore some -> schema.putAll(value(some));
            case Shape.Lines lines -> schema.putAll(value(lines));
            case Shape.Maps maps -> maps(schema, key, maps);
            case Shape.TextOrMap(Shape.Text text) -> {
                schema.putAll(value(text));
                schema.put("type", List.of("string", "object"));
                map(schema, key.path());
            }
        }
        key.fixed().ifPresent(text -> schema.put("default", fixed(key.shape(), text)));
        return schema;
    }

    private void maps(Map<String, Object> schema, Key key, Shape.Maps maps) {
        schema.put("type", "array");
        schema.put("items", key(kind.below(key.path()).getFirst()));
        schema.put("minItems", 1);
        schema.put("maxItems", maps.most());
    }

    private static Object fixed(Shape shape, String text) {
        return switch (shape) {
            case Shape.Numeric _ -> Integer.valueOf(text);
            case Shape.Truth _ -> Boolean.valueOf(text);
            case Shape.Word _, Shape.Text _, Shape.TextOrMap _, Shape.Items _ -> text;
            case Shape.Section _, Shape.Entry _, Shape.Named _ -> text;
            case Shape.OneOrMore _, Shape.Lines _, Shape.Maps _ -> text;
        };
    }

    /// An optional map may also be empty, which YAML reads as null.
    private static Object mapType(Key key) {
        return key.fallback() instanceof Required || key.fallback() instanceof Unless
                ? "object"
                : List.of("object", "null");
    }

    /// A number is as good as a text here.
    private static Map<String, Object> oneOrMore(Shape.OneOrMore some) {
        Map<String, Object> one = value(some.item());
        one.put("type", List.of("string", "integer"));
        Map<String, Object> schema = new LinkedHashMap<>(one);
        schema.put("type", List.of("string", "integer", "array"));
        schema.put("items", one);
        schema.put("maxItems", some.most());
        return schema;
    }

    private static Map<String, Object> value(Shape shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (shape) {
            case Shape.Numeric(_, int least, int most) -> {
                schema.put("type", "integer");
                schema.put("minimum", least);
                schema.put("maximum", most);
            }
            case Shape.Truth() -> schema.put("type", "boolean");
            case Shape.Word(List<String> choices) -> {
                schema.put("type", "string");
                schema.put("enum", choices);
            }
            case Shape.Text(_, String pattern, int longest) -> {
                schema.put("type", "string");
                schema.put("pattern", pattern);
                if (longest < Integer.MAX_VALUE) {
                    schema.put("maxLength", longest);
                }
            }
            case Shape.Items(_, Shape item, int least, int most) -> {
                schema.put("type", "array");
                schema.put("items", value(item));
                schema.put("minItems", least);
                schema.put("maxItems", most);
                // A method that is named twice does no harm, and the program accepts it.
                schema.put("uniqueItems", !(item instanceof Shape.Word));
            }
            case Shape.Lines() -> schema.put("type", "string");
            case Shape.OneOrMore some -> schema.putAll(oneOrMore(some));
            case Shape.Maps _ -> throw new AssertionError("a list of maps is no value");
            case Shape.Section _, Shape.Entry _, Shape.Named _, Shape.TextOrMap _ ->
                    throw new AssertionError("a map is no value");
        }
        return schema;
    }
}
