package dev.tandem.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Bins;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.judge.Latencies;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.OutageSpan;
import dev.tandem.drill.judge.Phase;
import dev.tandem.drill.judge.Recovery;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.evidence.Sessions;
import dev.tandem.load.Outcome;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The result of a drill, for programs. What is unknown is null, never a guess; times are in
/// milliseconds, exact to the nanosecond.
public final class JsonReport {
    private final DrillResult drill;
    private final JsonGenerator json;

    private JsonReport(DrillResult drill, JsonGenerator json) {
        this.drill = drill;
        this.json = json;
    }

    /// The whole report, without a final line end.
    public static String of(DrillResult drill) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            // The same bytes on every system.
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            new JsonReport(drill, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("run", drill.run());
        json.writeStringField("site", drill.site());
        json.writeStringField("verdict", drill.verdict().name());
        json.writeObjectFieldStart("budget");
        if (drill.budget().lost().isPresent()) {
            json.writeNumberField("lost", drill.budget().lost().get());
        } else {
            json.writeNullField("lost");
        }
        time("outage_ms", drill.budget().outage());
        time("p99_ms", drill.budget().p99());
        time("takeover_ms", drill.budget().takeover());
        json.writeEndObject();
        json.writeObjectFieldStart("circumstances");
        for (DrillResult.Circumstance one : drill.circumstances()) {
            json.writeStringField(one.name(), one.value());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("faults");
        for (FaultResult result : drill.results()) {
            fault(result);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void fault(FaultResult result) throws IOException {
        Measured measured = result.judgement().measured();
        json.writeStartObject();
        json.writeStringField("fault", result.fault());
        json.writeNumberField("round", result.round());
        json.writeStringField("verdict", result.judgement().verdict().name());
        strings("reasons", result.judgement().reasons());
        commands(result.cause());
        time("struck_ms", result.evidence().struck().map(Duration::ofNanos));
        counts(measured);
        outage(measured);
        time("gap_ms", measured.gap());
        recovery(measured.recovery());
        time("takeover_ms", measured.takeover());
        json.writeObjectFieldStart("predicted");
        estimate("answered", Optional.of(result.prediction().answered()));
        estimate("moved", result.prediction().moved());
        json.writeEndObject();
        latencies(measured);
        strings("ran_twice", measured.twice());
        sessions(measured.sessions());
        bins(measured.bins());
        new JsonEvidence(json).write(result.evidence());
        json.writeEndObject();
    }

    private void sessions(Optional<Sessions> sessions) throws IOException {
        if (sessions.isEmpty()) {
            json.writeNullField("sessions");
            return;
        }
        json.writeObjectFieldStart("sessions");
        json.writeNumberField("clients", sessions.get().clients());
        json.writeNumberField("answers", sessions.get().answers());
        json.writeArrayFieldStart("moved");
        for (Sessions.Moved one : sessions.get().moved()) {
            json.writeStartObject();
            json.writeStringField("id", one.request().id());
            json.writeStringField("from", one.from());
            json.writeStringField("to", one.request().server());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void commands(Cause cause) throws IOException {
        if (cause instanceof Cause.Changed(List<CommandRun> runs, String output)) {
            json.writeArrayFieldStart("commands");
            for (CommandRun run : runs) {
                json.writeStartObject();
                json.writeStringField("command", run.command());
                json.writeNumberField("exit", run.exit());
                json.writeNumberField("expected_exit", run.expected());
                time("took_ms", Optional.of(run.took()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("output", output);
        }
    }

    private void counts(Measured measured) throws IOException {
        json.writeNumberField("planned", measured.planned());
        json.writeNumberField("sent", measured.sent());
        json.writeNumberField("answered", measured.answered());
        json.writeNumberField("lost", measured.lost());
        outcomes("lost_by_kind", measured.lostByKind());
        json.writeObjectFieldStart("classes");
        for (var one : measured.counts().entrySet()) {
            outcomes(one.getKey().name(), one.getValue());
        }
        json.writeEndObject();
    }

    private void outcomes(String name, Map<Outcome, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<Outcome, Long> one : counts.entrySet()) {
            json.writeNumberField(one.getKey().name(), one.getValue());
        }
        json.writeEndObject();
    }

    private void outage(Measured measured) throws IOException {
        if (measured.outage().isEmpty()) {
            json.writeNullField("outage");
            return;
        }
        json.writeObjectFieldStart("outage");
        json.writeStringField("class", measured.outage().get().kind().name());
        time("from_ms", Optional.of(Duration.ofNanos(measured.outage().get().from())));
        time("length_ms", measured.outage().map(OutageSpan::length));
        json.writeNumberField("lost", measured.outage().get().lost());
        json.writeEndObject();
    }

    private void recovery(Recovery recovery) throws IOException {
        json.writeObjectFieldStart("recovery");
        switch (recovery) {
            case Recovery.NothingLost() -> json.writeStringField("kind", "NOTHING_LOST");
            case Recovery.After(Duration time) -> {
                json.writeStringField("kind", "AFTER");
                time("time_ms", Optional.of(time));
            }
            case Recovery.NotSeen() -> json.writeStringField("kind", "NOT_SEEN");
            case Recovery.Unknown() -> json.writeStringField("kind", "UNKNOWN");
        }
        json.writeEndObject();
    }

    private void estimate(String name, Optional<Estimate> estimate) throws IOException {
        if (estimate.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        switch (estimate.get()) {
            case Estimate.Within(Duration most, String formula) -> {
                json.writeStringField("kind", "WITHIN");
                time("most_ms", Optional.of(most));
                json.writeStringField("formula", formula);
            }
            case Estimate.Unbroken(String reason) -> kind("UNBROKEN", reason);
            case Estimate.UntilHealed(String reason) -> kind("UNTIL_HEALED", reason);
            case Estimate.Unknown(String reason) -> kind("UNKNOWN", reason);
        }
        json.writeEndObject();
    }

    private void kind(String kind, String reason) throws IOException {
        json.writeStringField("kind", kind);
        json.writeStringField("reason", reason);
    }

    private void latencies(Measured measured) throws IOException {
        json.writeObjectFieldStart("latencies");
        for (Phase phase : Phase.values()) {
            String name = phase.name().toLowerCase(Locale.ROOT);
            Latencies found = measured.latencies().get(phase);
            if (found == null) {
                json.writeNullField(name);
                continue;
            }
            json.writeObjectFieldStart(name);
            json.writeNumberField("count", found.count());
            time("p50_ms", Optional.of(found.p50()));
            time("p90_ms", Optional.of(found.p90()));
            time("p99_ms", Optional.of(found.p99()));
            time("p999_ms", Optional.of(found.p999()));
            time("max_ms", Optional.of(found.max()));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void bins(Bins bins) throws IOException {
        json.writeObjectFieldStart("bins");
        time("from_ms", Optional.of(Duration.ofNanos(bins.from())));
        time("width_ms", Optional.of(bins.width()));
        json.writeObjectFieldStart("counts");
        for (Map.Entry<Outcome, List<Integer>> one : bins.counts().entrySet()) {
            json.writeArrayFieldStart(one.getKey().name());
            for (int count : one.getValue()) {
                json.writeNumber(count);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void time(String name, Optional<Duration> time) throws IOException {
        json.writeFieldName(name);
        if (time.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeNumber(Seconds.bareMillis(time.get()));
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
