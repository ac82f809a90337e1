package dev.tandem.load;

import java.time.Duration;

/// How well the generator kept its own schedule: whether it measured the system under test or
/// itself.
///
/// It counts how late each request was taken up, compared with the plan, and how late the generator
/// looked at a connection on which something had happened. If a request then waits for a connection
/// or a free place in the pool, that is the system's doing and not lateness.
public final class Punctuality {
    private final LagHistogram lags;
    private final LagHistogram notices;
    private final Duration longestStall;
    private final Duration collecting;
    private final long ownFaults;

    Punctuality(
            LagHistogram lags,
            LagHistogram notices,
            Duration longestStall,
            Duration collecting,
            long ownFaults) {
        this.lags = lags;
        this.notices = notices;
        this.longestStall = longestStall;
        this.collecting = collecting;
        this.ownFaults = ownFaults;
    }

    /// The number of requests counted: all of them, including those that were shed.
    public long requests() {
        return lags.total();
    }

    /// The lateness that this fraction (0 to 1) of all did not exceed.
    public Duration percentile(double part) {
        return lags.percentile(part);
    }

    /// Half were no later.
    public Duration p50() {
        return percentile(0.5);
    }

    /// 99 of 100 were no later.
    public Duration p99() {
        return percentile(0.99);
    }

    /// The latest of all.
    public Duration max() {
        return lags.max();
    }

    /// How many were later than this.
    public long laterThan(Duration threshold) {
        return lags.beyond(threshold);
    }

    /// The longest time for which a thread of the generator did not look at its schedule: because
    /// of a piece of work, a garbage collection, or a machine that gave it no processor.
    public Duration longestStall() {
        return longestStall;
    }

    /// The total time of garbage collection during the run.
    public Duration collecting() {
        return collecting;
    }

    /// How many requests this machine could not send for lack of a local port, a file descriptor or
    /// memory.
    public long ownFaults() {
        return ownFaults;
    }

    /// 99 of 100 events on connections were noticed within this time.
    public Duration noticedP99() {
        return notices.percentile(0.99);
    }

    /// Every event was noticed within this time.
    public Duration noticedMax() {
        return notices.max();
    }

    /// Whether the generator measured the system and not itself: 99 of 100 requests were no later
    /// than the threshold and none was later than ten times that; the same holds for noticing
    /// events; and there was no request that this machine could not send. If not, the run proves
    /// nothing.
    public boolean kept(Duration threshold) {
        return ownFaults == 0 && lags.kept(threshold) && notices.kept(threshold);
    }

    LagHistogram lags() {
        return lags;
    }

    LagHistogram notices() {
        return notices;
    }

    @Override
    public String toString() {
        return "lag p50=%s p99=%s max=%s, noticed p99=%s max=%s, stall=%s gc=%s own faults=%d"
                .formatted(
                        p50(),
                        p99(),
                        max(),
                        noticedP99(),
                        noticedMax(),
                        longestStall,
                        collecting,
                        ownFaults);
    }
}
