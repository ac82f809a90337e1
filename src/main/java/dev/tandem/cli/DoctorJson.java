package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/// A diagnosis in machine-readable form. Fields that a finding lacks are null.
final class DoctorJson {
    private DoctorJson() {}

    static String of(Diagnosis diagnosis) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            string(json, "site", diagnosis.site().orElse(""));
            json.writeBooleanField("ill", !diagnosis.good());
            json.writeArrayFieldStart("findings");
            for (Finding finding : diagnosis.findings()) {
                finding(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        string(json, "severity", finding.severity().name().toLowerCase(Locale.ROOT));
        string(json, "about", finding.about());
        string(json, "seen", finding.seen());
        string(json, "why", finding.why());
        string(json, "cure", finding.cure());
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, String text) throws IOException {
        if (text.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, text);
        }
    }
}
