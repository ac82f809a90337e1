package dev.tandem.drill.judge;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The number of requests per outcome, by their planned time: the data of a chart.
///
/// @param from where the first bin begins, nanoseconds from the run's zero
/// @param width the length of each bin
/// @param counts for each outcome that occurred, its number in every bin
public record Bins(long from, Duration width, Map<Outcome, List<Integer>> counts) {
    private static final Duration WIDTH = Duration.ofMillis(10);
    private static final long MOST = 10_000_000;

    public Bins {
        Map<Outcome, List<Integer>> copy = new EnumMap<>(Outcome.class);
        counts.forEach((outcome, series) -> copy.put(outcome, List.copyOf(series)));
        counts = Collections.unmodifiableMap(copy);
    }

    /// @throws IllegalArgumentException if the records span more than a day
    static Bins of(List<RequestRecord> records) {
        long width = WIDTH.toNanos();
        long first = records.stream().mapToLong(r -> bin(r, width)).min().orElse(0);
        long last = records.stream().mapToLong(r -> bin(r, width)).max().orElse(-1);
        if (last - first >= MOST) {
            throw new IllegalArgumentException("the records span more than a day");
        }
        int size = (int) (last - first + 1);
        Map<Outcome, int[]> counts = new EnumMap<>(Outcome.class);
        for (RequestRecord record : records) {
            int[] series = counts.computeIfAbsent(record.outcome(), _ -> new int[size]);
            series[(int) (bin(record, width) - first)]++;
        }
        Map<Outcome, List<Integer>> lists = new EnumMap<>(Outcome.class);
        counts.forEach(
                (outcome, series) -> lists.put(outcome, IntStream.of(series).boxed().toList()));
        return new Bins(first * width, WIDTH, lists);
    }

    private static long bin(RequestRecord record, long width) {
        return Math.floorDiv(record.planned(), width);
    }
}
