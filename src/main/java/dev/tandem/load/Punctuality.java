package dev.tandem.load;

import java.time.Duration;

/// How well the generator kept its own schedule: whether what it measured was the system under test
/// or itself.
///
/// Counted is how late each request was taken up, against its plan; and how late the generator
/// looked at a connection on which something had happened. What a request then waited for, a
/// connection or a free place in the pool, is the system's doing and no lateness.
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

    /// How many requests were counted: all of them, those that were shed included.
    public long requests() {
        return lags.total();
    }

    /// The lateness that this part of all (0 to 1) did not exceed.
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

    /// The longest time for which a thread of the generator did not look at its schedule: a piece
    /// of work, a pause for garbage, or a machine that gave it no processor.
    public Duration longestStall() {
        return longestStall;
    }

    /// How long the program collected garbage during the run, in all.
    public Duration collecting() {
        return collecting;
    }

    /// How many requests this machine could not send for want of a local port, a file descriptor or
    /// memory.
    public long ownFaults() {
        return ownFaults;
    }

    /// 99 of 100 events on connections were looked at within this time, at most.
    public Duration noticedP99() {
        return notices.percentile(0.99);
    }

    /// Every event was looked at within this time.
    public Duration noticedMax() {
        return notices.max();
    }

    /// Whether the generator measured the system and not itself: 99 of 100 requests were no later
    /// than the threshold and none later than ten times that; the same for looking at what had
    /// happened; and there was none that this machine could not send. If not, the run says nothing.
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
