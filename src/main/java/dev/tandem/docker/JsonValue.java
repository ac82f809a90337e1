package dev.tandem.docker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value in JSON. What is not there has no text and no parts.
sealed interface JsonValue {
    /// A text, a number, true, false or null, as it was written; null as an empty text.
    record Scalar(String value) implements JsonValue {}

    /// An object.
    record Fields(Map<String, JsonValue> values) implements JsonValue {}

    /// An array.
    record Items(List<JsonValue> values) implements JsonValue {}

    /// Reads a whole text; empty when it is not one value and nothing else.
    static Optional<JsonValue> read(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            JsonValue value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, JsonValue> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return new Fields(fields);
        }
        if (token == JsonToken.START_ARRAY) {
            List<JsonValue> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return new Items(items);
        }
        if (token == null || !token.isScalarValue()) {
            throw new IOException("no value");
        }
        return new Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getText());
    }

    /// A field of an object.
    default Optional<JsonValue> at(String name) {
        return fields().map(all -> all.get(name));
    }

    /// The text of a field of an object; empty text when there is none.
    default String text(String name) {
        return at(name).map(JsonValue::text).orElse("");
    }

    /// Its own text; empty text when it has parts.
    default String text() {
        return this instanceof Scalar(String value) ? value : "";
    }

    /// The fields of an object.
    default Optional<Map<String, JsonValue>> fields() {
        return this instanceof Fields(Map<String, JsonValue> values)
                ? Optional.of(values)
                : Optional.empty();
    }

    /// The items of an array.
    default Optional<List<JsonValue>> items() {
        return this instanceof Items(List<JsonValue> values)
                ? Optional.of(values)
                : Optional.empty();
    }
}
