package dev.tandem.report;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.Phase;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Scene;
import dev.tandem.text.Seconds;
import dev.tandem.text.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The result of a drill for a terminal: what was measured, with the prediction beside it, how long
/// answers took, and why it did not pass.
public final class TextReport {
    private static final Set<Event.Kind> TOLD =
            EnumSet.of(Event.Kind.DRILL, Event.Kind.CLIENT, Event.Kind.VRRP, Event.Kind.OWNER);
    private static final int MOST_EVENTS = 24;
    private static final int FEW = 6;

    private static final String CLOCK =
            """
            VIP MOVED and ANSWERED AGAIN count from the moment the fault struck; LONGEST OUTAGE
            from the first lost request of one kind to the next answered one of that kind.\
            """;

    private final DrillResult drill;

    private TextReport(DrillResult drill) {
        this.drill = drill;
    }

    /// The whole report, without a final line end.
    public static String of(DrillResult drill) {
        TextReport report = new TextReport(drill);
        return Stream.of(
                        report.head(),
                        report.measured(),
                        report.streams(),
                        report.sessions(),
                        report.predicted(),
                        report.places(),
                        report.formulas(),
                        report.answers(),
                        report.timelines(),
                        report.commands(),
                        report.reasons(),
                        report.verdict())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private String head() {
        return "drill %s    site %s    allowed: %s"
                        .formatted(drill.run(), drill.site(), Words.of(drill.budget()))
                + drill.from().map(from -> "\nload from " + from).orElse("");
    }

    private String measured() {
        Table table = new Table("FAULT", "SENT", "ANSWERED", "LOST", "LONGEST OUTAGE", "VERDICT");
        for (FaultResult result : drill.results()) {
            Measured measured = result.judgement().measured();
            table.row(
                    result.title(),
                    String.valueOf(measured.sent()),
                    String.valueOf(measured.answered()),
                    Words.lost(measured),
                    measured.outage().map(Words::of).orElse("none"),
                    result.judgement().verdict().name());
        }
        return table.toString();
    }

    /// What was kept open for seconds: one line per fault.
    private String streams() {
        return drill.results().stream()
                .filter(result -> !Words.streams(result.judgement().measured()).isEmpty())
                .map(result ->
                        "%s, open for seconds: %s"
                                .formatted(
                                        result.title(),
                                        Words.streams(result.judgement().measured())))
                .collect(Collectors.joining("\n"));
    }

    /// Whether clients stayed with their web server: one line per fault.
    private String sessions() {
        return drill.results().stream()
                .filter(result -> result.judgement().measured().sessions().isPresent())
                .map(result ->
                        "%s, sticky: %s"
                                .formatted(
                                        result.title(),
                                        Words.sessions(result.judgement().measured())))
                .collect(Collectors.joining("\n"));
    }

    private String predicted() {
        Table table = new Table("FAULT", "VIP MOVED", "PREDICTED", "ANSWERED AGAIN", "PREDICTED");
        for (FaultResult result : drill.results()) {
            Measured measured = result.judgement().measured();
            Prediction prediction = result.prediction();
            table.row(
                    result.title(),
                    Words.vipMoved(result),
                    Words.moved(prediction),
                    Words.of(measured.recovery()),
                    Words.brief(prediction.answered()));
        }
        return table + "\n" + CLOCK;
    }

    /// Where the lost requests were lost: one line per fault, the place with the most first.
    private String places() {
        List<String> lines = new ArrayList<>();
        for (FaultResult result : drill.results()) {
            Map<String, Long> counts = new TreeMap<>();
            result.evidence()
                    .ledger()
                    .losses()
                    .forEach(loss -> counts.merge(Words.of(loss.place()), 1L, Long::sum));
            if (!counts.isEmpty()) {
                lines.add(result.title() + " lost " + inOrder(counts));
            }
            result.evidence()
                    .ledger()
                    .unread()
                    .forEach((node, reason) ->
                            lines.add(
                                    "%s: the log of %s could not be read: %s"
                                            .formatted(result.title(), node, reason)));
        }
        return String.join("\n", lines);
    }

    private static String inOrder(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
    }

    /// What happened, for each fault with something to tell. If there are many, only for those that
    /// lost something or did not pass.
    private String timelines() {
        boolean many =
                drill.results().size() > FEW
                        || drill.results().stream().anyMatch(r -> r.round() > 1);
        return drill.results().stream()
                .filter(result -> !many || isOfNote(result))
                .map(TextReport::timeline)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static boolean isOfNote(FaultResult result) {
        return result.judgement().measured().lost() > 0
                || result.judgement().verdict() != Verdict.PASSED;
    }

    private static String timeline(FaultResult result) {
        long origin = Words.origin(result.evidence());
        List<Event> events = told(result.evidence());
        if (events.stream().allMatch(event -> event.kind() == Event.Kind.DRILL)) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        lines.add(result.title() + ", from the moment the fault struck:");
        for (Event event : events.subList(0, Math.min(events.size(), MOST_EVENTS))) {
            lines.add("%12s  %s".formatted(Seconds.relative(event.at() - origin), Words.of(event)));
        }
        if (events.size() > MOST_EVENTS) {
            lines.add("%12s  %d more".formatted("...", events.size() - MOST_EVENTS));
        }
        return String.join("\n", lines);
    }

    /// Leaves out the state before, the end of the recording, and the results of single checks.
    private static List<Event> told(Evidence evidence) {
        long begun = evidence.scene().begun().orElse(0L);
        long end = evidence.scene().at(Scene.Moment.ENDED).orElse(Long.MAX_VALUE);
        return evidence.timeline().events().stream()
                .filter(event -> TOLD.contains(event.kind()))
                .filter(event -> event.at() >= begun || event.kind() == Event.Kind.CLIENT)
                .filter(event -> event.at() < end)
                .toList();
    }

    /// Where each prediction comes from, once per fault.
    private String formulas() {
        return drill.results().stream()
                .map(FaultResult::prediction)
                .distinct()
                .flatMap(TextReport::formula)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> formula(Prediction prediction) {
        return Words.formulas(prediction).stream()
                .map(line -> "predicted for " + prediction.fault() + ": " + line);
    }

    /// The 99th percentile and the longest, in each phase.
    private String answers() {
        Table table = new Table("FAULT", "p99/MAX BEFORE", "DURING", "AFTER", "LONGEST GAP");
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

    private String commands() {
        return drill.results().stream()
                .map(Commands::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
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
        return drill.verdict() + ": " + Words.counts(drill);
    }
}
