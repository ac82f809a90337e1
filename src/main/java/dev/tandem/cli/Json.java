package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// Answers for programs. Their shapes: docs/reference/json.md.
final class Json {
    private Json() {}

    /// What is inside an object.
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /// The option of every verb that reads.
    static Option<Boolean> option(Options options) {
        return options.flag("Prints JSON, for programs.", "--json");
    }

    /// An object over several lines, without a final line end.
    static String object(Fields fields) {
        return text(Optional.of(new DefaultPrettyPrinter()), fields);
    }

    /// An object in one line: for answers of many objects, each in a line of its own.
    static String line(Fields fields) {
        return text(Optional.empty(), fields);
    }

    private static String text(Optional<DefaultPrettyPrinter> form, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            form.ifPresent(json::setPrettyPrinter);
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// An array of objects.
    static <T> void objects(JsonGenerator json, String name, List<T> all, Each<T> each)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T one : all) {
            json.writeStartObject();
            each.write(one);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Writes the fields of one object of many.
    @FunctionalInterface
    interface Each<T> {
        void write(T one) throws IOException;
    }

    /// An array of texts.
    static void strings(JsonGenerator json, String name, Iterable<String> values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /// A text; null where there is none.
    static void string(JsonGenerator json, String name, Optional<String> text) throws IOException {
        json.writeStringField(name, text.filter(one -> !one.isEmpty()).orElse(null));
    }
}
