package dev.tandem.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// What the page reads.
final class SessionJson {
    private SessionJson() {}

    static String site(SiteData site) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("site", site.name());
            json.writeStringField("page", site.page().toString());
            strings(json, "balancers", site.balancers());
            strings(json, "servers", site.servers());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String session(Session.State state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("number", state.number());
            json.writeStringField("typed", state.typed());
            json.writeBooleanField("runs", state.runs());
            strings(json, "lines", state.lines());
            json.writeStringField("question", state.question().orElse(null));
            if (state.exit().isPresent()) {
                json.writeNumberField("exit", state.exit().getAsInt());
            } else {
                json.writeNullField("exit");
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void strings(JsonGenerator json, String name, List<String> all)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String one : all) {
            json.writeString(one);
        }
        json.writeEndArray();
    }
}
