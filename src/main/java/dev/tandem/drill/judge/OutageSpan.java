package dev.tandem.drill.judge;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A span in which no request was served.
///
/// Of one class: its requests in the order of their planned times; a run of consecutive requests
/// that were all lost; the span from the planned time of the first of them to the planned time of
/// the next request that was answered OK. If none follows, to the last moment of the recording. So
/// it is never shorter than the real outage, and longer by at most the distance between two
/// requests. Planned times count, not answers: an answer that came late is a latency, not an
/// outage.
///
/// Only classes whose requests stand for themselves ({@link #isCounted}): a request on a connection
/// opened long before shows when that was lost, not how long nothing was served. Such requests
/// still count as lost. Classes are never mixed: if HTTPS is down, that is an outage even while
/// HTTP answers.
///
/// @param kind the class with the outage
/// @param from planned time of the first lost request, nanoseconds from the run's zero
/// @param to planned time of the next one that was answered
/// @param lost how many requests were lost in it
public record OutageSpan(RequestClass kind, long from, long to, long lost) {
    /// How long it was.
    public Duration length() {
        return Duration.ofNanos(to - from);
    }

    /// Whether a request of this class is quick and stands for itself.
    public static boolean isCounted(RequestClass kind) {
        return switch (kind) {
            case NEW_HTTP, NEW_HTTPS, KEPT_HTTP, KEPT_HTTPS, STICKY -> true;
            case SLOW, UPLOAD, IDLE, EVENTS, WEBSOCKET -> false;
        };
    }

    /// The longest of all classes; of equally long ones, the earliest. Empty if none was lost.
    ///
    /// @param records in the order of their planned times
    static Optional<OutageSpan> longest(List<RequestRecord> records) {
        long last = records.stream().mapToLong(RequestRecord::done).max().orElse(0);
        List<OutageSpan> spans = new ArrayList<>();
        for (RequestClass kind : RequestClass.values()) {
            if (isCounted(kind)) {
                spans.addAll(of(kind, records, last));
            }
        }
        return spans.stream()
                .max(
                        Comparator.comparing(OutageSpan::length)
                                .thenComparing(OutageSpan::from, Comparator.reverseOrder())
                                .thenComparing(OutageSpan::kind, Comparator.reverseOrder()));
    }

    private static List<OutageSpan> of(RequestClass kind, List<RequestRecord> records, long last) {
        List<OutageSpan> spans = new ArrayList<>();
        long from = 0;
        long lost = 0;
        for (RequestRecord record : records) {
            if (record.kind() != kind || record.outcome() == Outcome.OWN_FAULT) {
                continue;
            }
            if (record.outcome() != Outcome.OK) {
                from = lost == 0 ? record.planned() : from;
                lost++;
            } else if (lost > 0) {
                spans.add(new OutageSpan(kind, from, record.planned(), lost));
                lost = 0;
            }
        }
        if (lost > 0) {
            spans.add(new OutageSpan(kind, from, Math.max(from, last), lost));
        }
        return spans;
    }
}
