package dev.tandem.drill.judge;

import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Sessions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Measures the records of a drill. Their order makes no difference: they are sorted first.
final class Measurement {
    private final Trial trial;
    private final List<RequestRecord> records;
    private final List<RequestRecord> counted;
    private final List<RequestRecord> good;

    private Measurement(Trial trial) {
        this.trial = trial;
        this.records =
                trial.records().stream()
                        .sorted(
                                Comparator.comparingLong(RequestRecord::planned)
                                        .thenComparing(RequestRecord::kind)
                                        .thenComparing(RequestRecord::id))
                        .toList();
        this.counted = records.stream().filter(r -> OutageSpan.isCounted(r.kind())).toList();
        this.good = counted.stream().filter(r -> r.outcome() == Outcome.OK).toList();
    }

    static Measured of(Trial trial) {
        return new Measurement(trial).measured();
    }

    private Measured measured() {
        return new Measured(
                counts(),
                records.stream().filter(r -> r.sent() >= 0).count(),
                latencies(),
                OutageSpan.longest(records),
                gap(),
                recovery(),
                takeover(),
                twice(),
                Sessions.of(records),
                Bins.of(records));
    }

    private SortedMap<RequestClass, SortedMap<Outcome, Long>> counts() {
        SortedMap<RequestClass, SortedMap<Outcome, Long>> counts = new TreeMap<>();
        for (RequestRecord record : records) {
            counts.computeIfAbsent(record.kind(), _ -> new TreeMap<>())
                    .merge(record.outcome(), 1L, Long::sum);
        }
        return counts;
    }

    private SortedMap<Phase, Latencies> latencies() {
        SortedMap<Phase, Latencies> latencies = new TreeMap<>();
        for (Phase phase : Phase.values()) {
            List<RequestRecord> answered = good.stream().filter(r -> phase(r) == phase).toList();
            Latencies.of(answered).ifPresent(found -> latencies.put(phase, found));
        }
        return latencies;
    }

    private Phase phase(RequestRecord record) {
        return trial.marks().phase(record.planned(), record.done());
    }

    private Optional<Duration> gap() {
        long[] ends = good.stream().mapToLong(RequestRecord::done).sorted().toArray();
        long longest = 0;
        for (int i = 1; i < ends.length; i++) {
            longest = Math.max(longest, ends[i] - ends[i - 1]);
        }
        return ends.length < 2 ? Optional.empty() : Optional.of(Duration.ofNanos(longest));
    }

    /// Losses after the heal belong to the heal, and are not looked at here.
    private Recovery recovery() {
        Optional<Long> struck = trial.marks().struck();
        if (struck.isEmpty()) {
            return new Recovery.Unknown();
        }
        Optional<RequestRecord> last =
                counted.stream()
                        .filter(r -> Measured.isLost(r.outcome()) && phase(r) == Phase.DURING)
                        .reduce((_, later) -> later);
        if (last.isEmpty()) {
            return new Recovery.NothingLost();
        }
        return good.stream()
                .filter(r -> r.planned() > last.get().planned())
                .map(RequestRecord::done)
                .min(Long::compare)
                .<Recovery>map(done -> new Recovery.After(since(struck.get(), done)))
                .orElseGet(Recovery.NotSeen::new);
    }

    private static Duration since(long struck, long at) {
        return Duration.ofNanos(Math.max(0, at - struck));
    }

    private Optional<Duration> takeover() {
        return trial.takeover() instanceof Takeover.At(long struck, long at) && at >= struck
                ? Optional.of(since(struck, at))
                : Optional.empty();
    }

    private List<String> twice() {
        return switch (trial.executions()) {
            case Executions.Counted(var counts) ->
                    counts.entrySet().stream()
                            .filter(one -> one.getValue() > 1)
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList();
            case Executions.Unknown _ -> List.of();
        };
    }
}
