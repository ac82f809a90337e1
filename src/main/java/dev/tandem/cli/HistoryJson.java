package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.change.state.PastChange;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The history in machine-readable form; newest first.
final class HistoryJson {
    private HistoryJson() {}

    /// @param root the directory of the site
    static String of(List<PastChange> changes, Path root) {
        return Json.object(
                json -> Json.objects(json, "changes", changes, one -> change(json, one, root)));
    }

    private static void change(JsonGenerator json, PastChange change, Path root)
            throws IOException {
        json.writeNumberField("change", change.number());
        json.writeStringField("verb", change.verb());
        Json.string(json, "subject", Optional.of(change.subject()));
        json.writeStringField("by", change.by());
        Json.string(json, "begun", change.begun().map(Instant::toString));
        Json.string(json, "ended", change.ended().map(Instant::toString));
        json.writeNumberField("steps", change.steps());
        json.writeStringField("outcome", change.outcome());
        Path directory = root.resolve(Layout.HISTORY).resolve(Integer.toString(change.number()));
        json.writeStringField("journal", directory.resolve(Layout.JOURNAL).toString());
    }
}
