package dev.tandem.load;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What the threads of a run share.
final class Shared {
    private final LoadPlan plan;
    private final RunClock clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentLinkedQueue<RequestRecord> records = new ConcurrentLinkedQueue<>();
    private long end;
    private volatile boolean aborted;

    Shared(LoadPlan plan, RunClock clock) {
        this.plan = plan;
        this.clock = clock;
        this.end = plan.duration().toNanos();
    }

    LoadPlan plan() {
        return plan;
    }

    RunClock clock() {
        return clock;
    }

    /// Where the records wait for the sink.
    ConcurrentLinkedQueue<RequestRecord> records() {
        return records;
    }

    /// Requests planned before this time are due. Under the lock of {@link #stop}, so that all
    /// threads agree, to the request, on where a stopped run ended.
    synchronized long horizon() {
        return Math.min(end, clock.nanos() + 1);
    }

    /// From now on, no request planned later than now is sent.
    synchronized void stop() {
        end = Math.clamp(clock.nanos() + 1, 0, end);
    }

    /// The run consists of exactly what is planned before this time.
    synchronized long end() {
        return end;
    }

    /// Ends everything at once.
    void abort() {
        aborted = true;
    }

    boolean aborted() {
        return aborted;
    }

    /// Counts one more request in flight, unless there are too many.
    boolean enter() {
        if (inFlight.incrementAndGet() > plan.inFlightLimit()) {
            inFlight.decrementAndGet();
            return false;
        }
        return true;
    }

    void exit() {
        inFlight.decrementAndGet();
    }
}
