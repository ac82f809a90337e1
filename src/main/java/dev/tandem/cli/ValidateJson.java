package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.file.yaml.Problem;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What `validate` found, in machine-readable form.
final class ValidateJson {
    private ValidateJson() {}

    /// A file without problems, which HAProxy, Keepalived and Nginx accept.
    static String accepted(String file, Site site) {
        return valid(file, site, true);
    }

    /// A file without problems, which those were not asked about.
    static String unjudged(String file, Site site) {
        return valid(file, site, false);
    }

    private static String valid(String file, Site site, boolean judged) {
        return Json.object(json -> {
            head(json, file, List.of());
            json.writeBooleanField("accepted", judged);
            json.writeObjectFieldStart("timing");
            for (Map.Entry<String, String> one : TimesText.byKey(site).entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
            json.writeEndObject();
            if (site.hasMachines()) {
                Json.objects(json, "machines", site.machines(), one -> machine(json, site, one));
            }
            Json.strings(json, "warnings", Warnings.of(site));
        });
    }

    private static void machine(JsonGenerator json, Site site, Machine machine) throws IOException {
        json.writeStringField("name", machine.name());
        json.writeStringField("reached_by", machine.reach().toString());
        json.writeStringField("interface", machine.lanInterface().word());
        Json.objects(
                json,
                "nodes",
                List.copyOf(MachinesText.nodes(site, machine).entrySet()),
                node -> {
                    json.writeStringField("name", node.getKey());
                    json.writeStringField("address", node.getValue());
                });
    }

    /// A file with problems: nothing follows from it.
    static String wrong(String file, List<Problem> problems) {
        return Json.object(json -> {
            head(json, file, problems);
            json.writeNullField("accepted");
            json.writeNullField("timing");
            Json.strings(json, "warnings", List.of());
        });
    }

    private static void head(JsonGenerator json, String file, List<Problem> problems)
            throws IOException {
        json.writeStringField("file", file);
        json.writeBooleanField("valid", problems.isEmpty());
        Json.objects(
                json,
                "problems",
                problems,
                problem -> {
                    json.writeNumberField("line", problem.line());
                    json.writeNumberField("column", problem.column());
                    json.writeStringField("message", problem.message());
                    json.writeStringField("hint", problem.hint());
                });
    }
}
