package dev.tandem.load;

import java.time.Duration;

/// Counts delays in buckets whose width grows with the delay: exact to a microsecond up to 64 µs,
/// to 1 part in 32 above. It rounds up, so it never flatters. Small and of fixed size, so counting
/// costs nothing and causes no pauses.
final class LagHistogram {
    private static final int BITS = 5;
    private static final int STEPS = 1 << BITS;
    private static final int WORST = 10;

    private final long[] counts = new long[STEPS * 40];
    private long total;
    private long max;

    /// Counts a delay in nanoseconds; a negative one counts as zero.
    void add(long nanos) {
        long lag = Math.max(0, nanos);
        counts[bucket(lag / 1000)]++;
        total++;
        max = Math.max(max, lag);
    }

    /// The sum of both.
    LagHistogram plus(LagHistogram other) {
        LagHistogram sum = new LagHistogram();
        for (int i = 0; i < counts.length; i++) {
            sum.counts[i] = counts[i] + other.counts[i];
        }
        sum.total = total + other.total;
        sum.max = Math.max(max, other.max);
        return sum;
    }

    /// Up to 64 µs one bucket each; above, 32 buckets per doubling.
    private static int bucket(long micros) {
        int shift = Math.max(0, 63 - BITS - Long.numberOfLeadingZeros(micros | 1));
        int bucket = shift * STEPS + (int) (micros >>> shift);
        return Math.min(bucket, STEPS * 40 - 1);
    }

    /// The first microsecond above a bucket.
    private static long above(int bucket) {
        int shift = Math.max(0, bucket / STEPS - 1);
        return (long) (bucket - shift * STEPS + 1) << shift;
    }

    long total() {
        return total;
    }

    Duration max() {
        return Duration.ofNanos(max);
    }

    /// The delay not exceeded by this fraction (0 to 1) of all; zero if nothing was counted.
    Duration percentile(double part) {
        long wanted = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Duration.ofNanos(Math.min(max, above(i) * 1000));
            }
        }
        return max();
    }

    /// How many exceeded a delay; those in the same bucket count too.
    long beyond(Duration limit) {
        long count = 0;
        for (int i = bucket(limit.toNanos() / 1000); i < counts.length; i++) {
            count += counts[i];
        }
        return limit.compareTo(max()) >= 0 ? 0 : count;
    }

    /// Whether 99 of 100 are within a threshold, and none is more than ten times that.
    boolean kept(Duration threshold) {
        return percentile(0.99).compareTo(threshold) <= 0
                && max().compareTo(threshold.multipliedBy(WORST)) <= 0;
    }

    /// As text: the largest delay in nanoseconds, then every bucket that is not empty, as its upper
    /// bound in microseconds (exclusive) and its count.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(max);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.append(',').append(above(i)).append(':').append(counts[i]);
            }
        }
        return text.toString();
    }

    /// Parses a histogram's text.
    ///
    /// @throws IllegalArgumentException if it is not one
    static LagHistogram parse(String text) {
        LagHistogram histogram = new LagHistogram();
        String[] words = text.split(",", -1);
        histogram.max = Long.parseLong(words[0]);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split(":", 2);
            long count = Long.parseLong(pair[pair.length - 1]);
            histogram.counts[bucket(Math.max(0, Long.parseLong(pair[0]) - 1))] += count;
            histogram.total += count;
        }
        return histogram;
    }
}
