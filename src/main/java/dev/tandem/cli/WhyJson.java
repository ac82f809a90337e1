package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.evidence.RequestStory;
import dev.tandem.evidence.Said;
import dev.tandem.evidence.VipMove;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `tandem why` says, in machine-readable form.
final class WhyJson {
    private WhyJson() {}

    static String of(List<VipMove> moves) {
        return Json.object(json -> Json.objects(json, "moves", moves, one -> move(json, one)));
    }

    static String of(RequestStory story) {
        return Json.object(json -> {
            json.writeStringField("request", story.id());
            json.writeArrayFieldStart("sentences");
            for (String sentence : story.sentences()) {
                json.writeString(sentence);
            }
            json.writeEndArray();
            evidence(json, story.evidence());
        });
    }

    private static void move(JsonGenerator json, VipMove move) throws IOException {
        json.writeStringField("at", move.at().toString());
        Json.string(json, "from", move.from());
        json.writeStringField("to", move.to());
        json.writeStringField("cause", move.cause().kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("cause_at", move.cause().at().toString());
        json.writeStringField("node", move.cause().line().node());
        json.writeNumberField("seconds", move.after().toMillis() / 1000.0);
        json.writeStringField("sentence", WhyText.sentence(move, Optional.empty()));
        evidence(json, move.evidence());
    }

    private static void evidence(JsonGenerator json, List<Said> lines) throws IOException {
        Json.objects(
                json,
                "evidence",
                lines,
                line -> {
                    json.writeStringField("time", line.at().toString());
                    json.writeStringField("node", line.node());
                    json.writeStringField("text", line.text());
                });
    }
}
