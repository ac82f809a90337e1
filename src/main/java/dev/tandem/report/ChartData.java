package dev.tandem.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Bins;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import dev.tandem.load.Outcome;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The data that report.js draws for one fault, as JSON for a page's script element: seconds from
/// the injection, and nothing that HTML or XML would take for markup.
final class ChartData {
    private final JsonGenerator json;
    private final FaultResult result;
    private final long origin;

    private ChartData(FaultResult result, JsonGenerator json) {
        this.result = result;
        this.json = json;
        this.origin = Words.origin(result.evidence());
    }

    static String of(FaultResult result) {
        StringWriter text = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(text)) {
            new ChartData(result, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // In JSON, these occur in strings only.
        return text.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u007f", "\\u007f");
    }

    private void write() throws IOException {
        Evidence evidence = result.evidence();
        json.writeStartObject();
        json.writeStringField("title", result.title());
        bins(result.judgement().measured().bins());
        Scene scene = evidence.scene();
        moment("struck", evidence.struck());
        moment("healing", scene.at(Moment.HEALING));
        moment("normal", scene.at(Moment.NORMAL));
        events(evidence.timeline().events());
        json.writeArrayFieldStart("nodes");
        for (String name : lanes(evidence)) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("owners");
        for (Owners.Span span : evidence.owners().spans()) {
            json.writeStartObject();
            at("from", span.from());
            json.writeArrayFieldStart("names");
            for (String name : span.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// The balancers, then any other machine that claimed the VIP; none if the VIP was not watched.
    private static List<String> lanes(Evidence evidence) {
        List<Owners.Span> spans = evidence.owners().spans();
        return spans.isEmpty()
                ? List.of()
                : Stream.concat(
                                evidence.scene().balancers().stream().map(Witness::name),
                                spans.stream().flatMap(span -> span.names().stream()))
                        .distinct()
                        .toList();
    }

    private void bins(Bins bins) throws IOException {
        at("from", bins.from());
        at("width", origin + bins.width().toNanos());
        json.writeArrayFieldStart("series");
        for (Map.Entry<Outcome, List<Integer>> one : bins.counts().entrySet()) {
            json.writeStartObject();
            json.writeStringField("kind", one.getKey().name());
            boolean answered = one.getKey() == Outcome.OK;
            json.writeStringField("name", answered ? "answered" : Words.of(one.getKey()));
            json.writeArrayFieldStart("counts");
            for (int count : one.getValue()) {
                json.writeNumber(count);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void moment(String name, Optional<Long> at) throws IOException {
        if (at.isPresent()) {
            at(name, at.get());
        } else {
            json.writeNullField(name);
        }
    }

    private void events(List<Event> events) throws IOException {
        json.writeArrayFieldStart("events");
        int number = 0;
        for (Event event : events) {
            number++;
            json.writeStartObject();
            json.writeNumberField("number", number);
            at("at", event.at());
            json.writeStringField("kind", event.kind().name());
            json.writeStringField("label", label(event));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// In two or three words; the table beside the chart has the rest.
    private String label(Event event) {
        Scene scene = result.evidence().scene();
        return switch (event.kind()) {
            case DRILL ->
                    scene.moments().entrySet().stream()
                            .filter(one -> one.getValue() == event.at())
                            .findFirst()
                            .map(one -> label(one.getKey()))
                            .orElse(event.text());
            case VRRP -> event.node() + " " + event.text();
            case CLIENT -> event.text().replaceAll(" (before|after) .*", "");
            case CHECK -> Words.of(event).replaceAll(" \\(.*", "");
            case OWNER, PROGRAM, ENGINE -> Words.of(event);
        };
    }

    private static String label(Moment moment) {
        return switch (moment) {
            case INJECTING -> "injecting";
            case INJECTED -> "injected";
            case HEALING -> "healing";
            case HEALED -> "healed";
            case CHANGING -> "change begins";
            case CHANGED -> "change done";
            case NORMAL -> "all well";
            case ENDED -> "end";
        };
    }

    private void at(String name, long nanos) throws IOException {
        json.writeFieldName(name);
        long micros = Math.round((nanos - origin) / 1000.0); // a chart shows no less
        json.writeNumber(Seconds.bare(Duration.of(micros, ChronoUnit.MICROS)));
    }
}
