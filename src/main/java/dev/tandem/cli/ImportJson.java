package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.importing.Fate;
import dev.tandem.importing.Fate.Carried;
import dev.tandem.importing.Fate.Covered;
import dev.tandem.importing.Fate.Listed;
import dev.tandem.importing.Fate.Raw;
import dev.tandem.importing.Imported;
import dev.tandem.importing.Told;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// What has become of each line of an import, for programs. Its shape: docs/reference/json.md.
final class ImportJson {
    private ImportJson() {}

    static String of(ImportVerb.Asked asked, Imported imported) {
        return Json.object(json -> {
            json.writeStringField("haproxy", asked.haproxy());
            Json.string(json, "keepalived", asked.keepalived());
            Json.string(json, "output", asked.output());
            json.writeStringField("yaml", imported.yaml());
            Json.objects(json, "lines", imported.lines(), line -> line(json, line));
        });
    }

    private static void line(JsonGenerator json, Told line) throws IOException {
        json.writeStringField("file", line.at().file().word());
        json.writeNumberField("line", line.at().line());
        json.writeStringField("text", line.text());
        json.writeStringField("verdict", line.verdict().name().toLowerCase(Locale.ROOT));
        Json.objects(json, "fates", line.fates(), fate -> fate(json, fate));
    }

    private static void fate(JsonGenerator json, Fate fate) throws IOException {
        json.writeStringField("fate", word(fate));
        Json.string(json, "key", key(fate));
        Json.string(json, "why", why(fate));
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case Carried _ -> "carried";
            case Raw _ -> "raw";
            case Covered _ -> "covered";
            case Listed _ -> "listed";
        };
    }

    private static Optional<String> key(Fate fate) {
        return switch (fate) {
            case Carried(String key) -> Optional.of(key);
            case Raw(String key) -> Optional.of(key);
            case Covered _, Listed _ -> Optional.empty();
        };
    }

    private static Optional<String> why(Fate fate) {
        return switch (fate) {
            case Covered(String why) -> Optional.of(why);
            case Listed(String why) -> Optional.of(why);
            case Carried _, Raw _ -> Optional.empty();
        };
    }
}
