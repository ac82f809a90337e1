package dev.tandem.report;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.OutageSpan;
import dev.tandem.drill.judge.Recovery;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Place;
import dev.tandem.evidence.Sessions;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.model.Budget;
import dev.tandem.text.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words that reports use for what a drill measures.
final class Words {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private Words() {}

    /// `timed out`, `cut short`.
    static String of(Outcome outcome) {
        return switch (outcome) {
            case HTTP_ERROR -> "HTTP error";
            case NOT_HTTP -> "not HTTP";
            case TLS_FAILED -> "TLS failed";
            case OK -> "OK";
            case REFUSED, RESET, TIMED_OUT, CUT_SHORT, WRONG_BODY, UNREACHABLE, SHED, OWN_FAULT ->
                    outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /// `new HTTP`, `upload`.
    static String of(RequestClass kind) {
        return switch (kind) {
            case NEW_HTTP -> "new HTTP";
            case NEW_HTTPS -> "new HTTPS";
            case KEPT_HTTP -> "kept HTTP";
            case KEPT_HTTPS -> "kept HTTPS";
            case SLOW -> "slow";
            case UPLOAD -> "upload";
            case IDLE -> "idle";
            case STICKY -> "sticky";
            case EVENTS -> "event stream";
            case WEBSOCKET -> "WebSocket";
        };
    }

    /// In a table's cell.
    static String brief(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Within(var most, _) -> "≤ " + Seconds.text(most);
            case Estimate.Unbroken _ -> "no outage";
            case Estimate.UntilHealed _ -> "until healed";
            case Estimate.Unknown _ -> "unknown";
        };
    }

    /// With its source.
    static String full(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Within(_, String formula) -> "at most " + formula;
            case Estimate.Unbroken(String reason) -> "no outage: " + reason;
            case Estimate.UntilHealed(String reason) -> "not before the heal: " + reason;
            case Estimate.Unknown(String reason) -> "unknown: " + reason;
        };
    }

    /// Until the VIP has moved, in a table's cell.
    static String moved(Prediction prediction) {
        return prediction.moved().map(Words::brief).orElse("stays");
    }

    /// After a count: `2 in web-a`.
    static String of(Place place) {
        return switch (place) {
            case Place.NotSent() -> "not sent";
            case Place.NeverReached() -> "on the way there";
            case Place.InBalancer(String node) -> "in " + (node.isEmpty() ? "a balancer" : node);
            case Place.InServer(String node) -> "in " + node;
            case Place.OnTheWayBack(String node) -> "on the way back from " + node;
            case Place.Unknown() -> "at an unknown place";
        };
    }

    /// The zero of relative times: the moment the fault struck, or the run's zero if nothing was
    /// injected. VIP MOVED and ANSWERED AGAIN count from it too.
    static long origin(Evidence evidence) {
        return evidence.struck().orElse(0L);
    }

    /// `haproxy-b VRRP MASTER`, `VIP: nobody`.
    static String of(Event event) {
        return switch (event.kind()) {
            case DRILL, CLIENT -> event.text();
            case VRRP -> event.node() + " VRRP " + event.text();
            case OWNER -> "VIP: " + event.text();
            case PROGRAM, CHECK, ENGINE -> event.node() + " " + event.text();
        };
    }

    /// A circumstance for people; report.json has it as the machine said it. A program's whole
    /// sentence about itself is a version, and nobody needs the begin of a run to the nanosecond.
    static String plain(DrillResult.Circumstance one) {
        return switch (one.name()) {
            case "begun" -> one.value().replaceFirst("\\.\\d+Z$", "Z");
            case "Docker", "Java", "HAProxy", "Keepalived", "Nginx" -> {
                Matcher version = VERSION.matcher(one.value());
                yield version.find() ? version.group() : one.value();
            }
            default -> one.value();
        };
    }

    /// `lost 20, outage 0.5 s`.
    static String of(Budget budget) {
        List<String> limits = new ArrayList<>();
        budget.lost().ifPresent(most -> limits.add("lost " + most));
        budget.outage().ifPresent(most -> limits.add("outage " + Seconds.text(most)));
        budget.p99().ifPresent(most -> limits.add("p99 " + Seconds.text(most)));
        budget.takeover().ifPresent(most -> limits.add("takeover " + Seconds.text(most)));
        return limits.isEmpty() ? "no limits" : String.join(", ", limits);
    }

    /// `3: 2 HTTP error, 1 cut short`.
    static String lost(Measured measured) {
        String kinds =
                measured.lostByKind().entrySet().stream()
                        .map(one -> one.getValue() + " " + of(one.getKey()))
                        .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "0" : measured.lost() + ": " + kinds;
    }

    /// `14 event streams, of which lost: 2 cut short`: what stayed open for seconds, and what was
    /// lost of it; empty if nothing did.
    static String streams(Measured measured) {
        return measured.counts().entrySet().stream()
                .filter(one -> one.getKey().isStream())
                .map(one -> stream(one.getKey(), one.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String stream(RequestClass kind, Map<Outcome, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        String lost =
                counts.entrySet().stream()
                        .filter(one -> Measured.isLost(one.getKey()))
                        .map(one -> one.getValue() + " " + of(one.getKey()))
                        .collect(Collectors.joining(", "));
        return "%d %ss, %s"
                .formatted(all, of(kind), lost.isEmpty() ? "none lost" : "of which lost: " + lost);
    }

    /// `8 clients, 140 answers, none from another web server`; empty without clients that stay.
    static String sessions(Measured measured) {
        return measured.sessions()
                .map(all ->
                        "%d clients, %d answers, %s"
                                .formatted(all.clients(), all.answers(), moved(all.moved())))
                .orElse("");
    }

    private static String moved(List<Sessions.Moved> moved) {
        return moved.isEmpty()
                ? "none from another web server while their own was up"
                : "%d from another web server although their own was up: %s"
                        .formatted(
                                moved.size(),
                                moved.stream()
                                        .limit(5)
                                        .map(one ->
                                                "%s (%s, not %s)"
                                                        .formatted(
                                                                one.request().id(),
                                                                one.request().server(),
                                                                one.from()))
                                        .collect(Collectors.joining(", ")));
    }

    /// `0.02 s new HTTP`.
    static String of(OutageSpan outage) {
        return Seconds.text(outage.length()) + " " + of(outage.kind());
    }

    /// When the VIP moved, in a table's cell; `no` if it might have, and was seen to stay.
    static String vipMoved(FaultResult result) {
        Measured measured = result.judgement().measured();
        return measured.takeover().map(Seconds::text).orElseGet(() -> unmoved(result));
    }

    private static String unmoved(FaultResult result) {
        if (result.prediction().moved().isEmpty()) {
            return "-";
        }
        return result.evidence().owners().isOneAllAlong() ? "no" : "unknown";
    }

    /// `2 passed, 1 failed, 1 inconclusive`.
    static String counts(DrillResult drill) {
        return Stream.of(Verdict.values())
                .map(verdict ->
                        drill.results().stream()
                                        .filter(one -> one.judgement().verdict() == verdict)
                                        .count()
                                + " "
                                + verdict.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /// Where a prediction comes from, one line per estimate.
    static List<String> formulas(Prediction prediction) {
        List<String> lines = new ArrayList<>();
        lines.add(full(prediction.answered()));
        prediction.moved().stream()
                .filter(one -> !one.equals(prediction.answered()))
                .forEach(one -> lines.add("VIP " + full(one)));
        return lines;
    }

    /// In a table's cell.
    static String of(Recovery recovery) {
        return switch (recovery) {
            case Recovery.NothingLost() -> "at once";
            case Recovery.After(var time) -> Seconds.text(time);
            case Recovery.NotSeen() -> "never";
            case Recovery.Unknown() -> "unknown";
        };
    }
}
