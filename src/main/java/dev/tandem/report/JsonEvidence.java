package dev.tandem.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Ledger;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Place;
import dev.tandem.load.RequestRecord;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// What is known about one fault apart from its numbers, for programs: {@link JsonReport} puts it
/// beside them.
final class JsonEvidence {
    private final JsonGenerator json;

    JsonEvidence(JsonGenerator json) {
        this.json = json;
    }

    /// Writes it into the object of a fault.
    void write(Evidence evidence) throws IOException {
        json.writeArrayFieldStart("timeline");
        for (Event event : evidence.timeline().events()) {
            json.writeStartObject();
            millis("at_ms", event.at());
            json.writeStringField("kind", event.kind().name());
            node(event.node());
            json.writeStringField("text", event.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        owners(evidence.owners());
        json.writeArrayFieldStart("ledger");
        for (Ledger.Loss loss : evidence.ledger().losses()) {
            loss(loss);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("unread");
        for (Map.Entry<String, String> one : evidence.ledger().unread().entrySet()) {
            json.writeStringField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
    }

    private void owners(Owners owners) throws IOException {
        json.writeArrayFieldStart("owners");
        for (Owners.Span span : owners.spans()) {
            json.writeStartObject();
            millis("from_ms", span.from());
            json.writeArrayFieldStart("nodes");
            for (String name : span.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void loss(Ledger.Loss loss) throws IOException {
        RequestRecord request = loss.request();
        json.writeStartObject();
        json.writeStringField("id", request.id());
        json.writeStringField("class", request.kind().name());
        millis("planned_ms", request.planned());
        json.writeStringField("outcome", request.outcome().name());
        if (request.status() > 0) {
            json.writeNumberField("status", request.status());
        } else {
            json.writeNullField("status");
        }
        switch (loss.place()) {
            case Place.NotSent() -> place("NOT_SENT", "");
            case Place.NeverReached() -> place("NEVER_REACHED", "");
            case Place.InBalancer(String node) -> place("IN_BALANCER", node);
            case Place.InServer(String node) -> place("IN_SERVER", node);
            case Place.OnTheWayBack(String node) -> place("ON_THE_WAY_BACK", node);
            case Place.Unknown() -> place("UNKNOWN", "");
        }
        json.writeEndObject();
    }

    private void place(String place, String node) throws IOException {
        json.writeStringField("place", place);
        node(node);
    }

    private void node(String node) throws IOException {
        if (node.isEmpty()) {
            json.writeNullField("node");
        } else {
            json.writeStringField("node", node);
        }
    }

    private void millis(String name, long nanos) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Seconds.bareMillis(Duration.ofNanos(nanos)));
    }
}
