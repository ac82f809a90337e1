package dev.tandem.load;

import java.io.IOException;

/// Sends the requests of a plan on schedule and hands one record of each to a sink.
public final class Generator {
    private Generator() {}

    /// Starts a run and returns. A program's first run is rehearsed before its zero, which takes a
    /// second, or a few on a busy machine.
    ///
    /// @throws IOException if the sink does not even accept the beginning
    public static LoadRun start(LoadPlan plan, Sink sink) throws IOException, InterruptedException {
        Rehearsal.before(plan);
        return LoadRun.start(plan, sink);
    }

    /// Runs a plan to its end.
    ///
    /// @throws IOException if the sink failed: the run was ended then, and its history is
    ///   incomplete
    public static LoadResult run(LoadPlan plan, Sink sink)
            throws IOException, InterruptedException {
        try (LoadRun run = start(plan, sink)) {
            return run.await();
        }
    }
}
