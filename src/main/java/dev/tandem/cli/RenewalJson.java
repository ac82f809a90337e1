package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Site;
import java.io.IOException;
import java.util.Optional;

/// How it stands with the certificate of a CA, in machine-readable form. A site without one has
/// nothing of it.
final class RenewalJson {
    private RenewalJson() {}

    static void write(JsonGenerator json, Site site, Renewal renewal) throws IOException {
        Optional<Acme> acme = site.tls().acme();
        if (acme.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("certificate");
        json.writeStringField("directory", acme.get().url());
        if (renewal.held().isPresent()) {
            held(json, renewal.held().get());
        } else {
            json.writeNullField("held");
        }
        if (renewal.failure().isPresent()) {
            failure(json, renewal.failure().get());
        } else {
            json.writeNullField("failure");
        }
        json.writeEndObject();
    }

    private static void held(JsonGenerator json, Held held) throws IOException {
        json.writeObjectFieldStart("held");
        json.writeStringField("directory", held.url());
        Json.strings(json, "names", held.names());
        json.writeStringField("begins", held.begins().toString());
        json.writeStringField("ends", held.ends().toString());
        json.writeStringField("due", held.due().toString());
        json.writeEndObject();
    }

    private static void failure(JsonGenerator json, Failure failure) throws IOException {
        json.writeObjectFieldStart("failure");
        json.writeNumberField("count", failure.count());
        json.writeStringField("at", failure.at().toString());
        json.writeStringField("why", failure.why());
        json.writeStringField("next", failure.next().toString());
        json.writeEndObject();
    }
}
