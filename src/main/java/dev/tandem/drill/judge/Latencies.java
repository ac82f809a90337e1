package dev.tandem.drill.judge;

import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long answers took, from the planned time to the last byte, by nearest rank: each value is
/// the latency of an actual request. Only requests answered OK count, of the classes that count for
/// an outage: the others are slow by nature, and lost requests are counted as lost.
///
/// @param count how many there were, at least one
/// @param p50 half took no longer
/// @param p90 90 of 100 took no longer
/// @param p99 99 of 100 took no longer
/// @param p999 999 of 1000 took no longer
/// @param max the longest of all
public record Latencies(
        long count, Duration p50, Duration p90, Duration p99, Duration p999, Duration max) {
    static Optional<Latencies> of(List<RequestRecord> answered) {
        long[] sorted = answered.stream().mapToLong(RequestRecord::latency).sorted().toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Latencies(
                                sorted.length,
                                rank(sorted, 500),
                                rank(sorted, 900),
                                rank(sorted, 990),
                                rank(sorted, 999),
                                rank(sorted, 1000)));
    }

    private static Duration rank(long[] sorted, long permille) {
        int rank = (int) ((sorted.length * permille + 999) / 1000);
        return Duration.ofNanos(sorted[rank - 1]);
    }
}
