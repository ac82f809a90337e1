package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.Finding;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// A diagnosis in machine-readable form. Fields that a finding lacks are null.
final class DoctorJson {
    private DoctorJson() {}

    static String of(Diagnosis diagnosis) {
        return Json.object(json -> {
            Json.string(json, "site", diagnosis.site());
            json.writeBooleanField("ill", !diagnosis.good());
            Json.objects(json, "findings", diagnosis.findings(), one -> finding(json, one));
        });
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        if (finding.machine().isPresent()) {
            Json.string(json, "machine", finding.machine());
        }
        Json.string(json, "about", Optional.of(finding.about()));
        Json.string(json, "seen", Optional.of(finding.seen()));
        Json.string(json, "why", Optional.of(finding.why()));
        Json.string(json, "cure", Optional.of(finding.cure()));
    }
}
