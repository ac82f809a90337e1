package dev.tandem.report;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Measured;
import dev.tandem.drill.OutageSpan;
import dev.tandem.drill.Phase;
import dev.tandem.drill.Prediction;
import dev.tandem.drill.Seconds;
import dev.tandem.drill.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came of a drill, as a person reads it on a terminal: what was measured, what was predicted
/// beside it, how long answers took, and why it did not pass.
public final class TextReport {
    private final DrillResult drill;

    private TextReport(DrillResult drill) {
        this.drill = drill;
    }

    /// The whole report, without a line end behind it.
    public static String of(DrillResult drill) {
        TextReport report = new TextReport(drill);
        return Stream.of(
                        report.head(),
                        report.measured(),
                        report.predicted(),
                        report.formulas(),
                        report.answers(),
                        report.reasons(),
                        report.verdict())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private String head() {
        return "drill %s    site %s    allowed: %s".formatted(drill.run(), drill.site(), allowed());
    }

    private String allowed() {
        List<String> limits = new ArrayList<>();
        drill.budget().lost().ifPresent(most -> limits.add("lost " + most));
        drill.budget().outage().ifPresent(most -> limits.add("outage " + Seconds.text(most)));
        drill.budget().p99().ifPresent(most -> limits.add("p99 " + Seconds.text(most)));
        drill.budget().takeover().ifPresent(most -> limits.add("takeover " + Seconds.text(most)));
        return limits.isEmpty() ? "no limits" : String.join(", ", limits);
    }

    private String measured() {
        Columns table =
                new Columns("FAULT", "SENT", "ANSWERED", "LOST", "LONGEST OUTAGE", "VERDICT");
        for (FaultResult result : drill.results()) {
            Measured measured = result.judgement().measured();
            table.row(
                    result.title(),
                    String.valueOf(measured.sent()),
                    String.valueOf(measured.answered()),
                    lost(measured),
                    measured.outage().map(TextReport::outage).orElse("none"),
                    result.judgement().verdict().name());
        }
        return table.toString();
    }

    private static String lost(Measured measured) {
        String kinds =
                measured.lostByKind().entrySet().stream()
                        .map(one -> one.getValue() + " " + Words.of(one.getKey()))
                        .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "0" : measured.lost() + ": " + kinds;
    }

    private static String outage(OutageSpan outage) {
        return Seconds.text(outage.length()) + " " + Words.of(outage.kind());
    }

    private String predicted() {
        Columns table =
                new Columns("FAULT", "VIP MOVED", "PREDICTED", "ANSWERED AGAIN", "PREDICTED");
        for (FaultResult result : drill.results()) {
            Measured measured = result.judgement().measured();
            Prediction prediction = result.prediction();
            table.row(
                    result.title(),
                    vipMoved(measured, prediction),
                    Words.moved(prediction),
                    Words.of(measured.recovery()),
                    Words.brief(prediction.answered()));
        }
        return table.toString();
    }

    private static String vipMoved(Measured measured, Prediction prediction) {
        String unseen = prediction.moved().isPresent() ? "unknown" : "-";
        return measured.takeover().map(Seconds::text).orElse(unseen);
    }

    /// Where each prediction comes from, once for each fault.
    private String formulas() {
        return drill.results().stream()
                .map(FaultResult::prediction)
                .distinct()
                .flatMap(TextReport::formula)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> formula(Prediction prediction) {
        String start = "predicted for " + prediction.fault() + ": ";
        Stream<String> answered = Stream.of(start + Words.full(prediction.answered()));
        Stream<String> moved =
                prediction.moved().stream()
                        .filter(one -> !one.equals(prediction.answered()))
                        .map(one -> start + "VIP " + Words.full(one));
        return Stream.concat(answered, moved);
    }

    /// The 99th of 100 and the longest, in each phase.
    private String answers() {
        Columns table = new Columns("FAULT", "p99/MAX BEFORE", "DURING", "AFTER", "LONGEST GAP");
        for (FaultResult result : drill.results()) {
            Measured measured = result.judgement().measured();
            table.row(
                    result.title(),
                    latency(measured, Phase.BEFORE),
                    latency(measured, Phase.DURING),
                    latency(measured, Phase.AFTER),
                    measured.gap().map(Seconds::text).orElse("-"));
        }
        return table.toString();
    }

    private static String latency(Measured measured, Phase phase) {
        return Optional.ofNullable(measured.latencies().get(phase))
                .map(one -> Seconds.text(one.p99()) + " / " + Seconds.text(one.max()))
                .orElse("-");
    }

    private String reasons() {
        List<String> lines = new ArrayList<>();
        for (FaultResult result : drill.results()) {
            for (String reason : result.judgement().reasons()) {
                lines.add("%s: %s".formatted(result.title(), reason));
            }
        }
        return String.join("\n", lines);
    }

    private String verdict() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count =
                    drill.results().stream()
                            .filter(result -> result.judgement().verdict() == verdict)
                            .count();
            parts.add(count + " " + verdict.name().toLowerCase(Locale.ROOT));
        }
        return drill.verdict() + ": " + String.join(", ", parts);
    }
}
