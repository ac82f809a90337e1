package dev.tandem.load;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Takes the records of a run as they come: `begin` once, `add` any number of times, `end` once
/// when the run has reached its end. All calls come from one thread, which is not one that sends. A
/// failure, such as a full disk, ends the run at once and is passed to the caller that waits for
/// the run.
public interface Sink {
    /// The run begins.
    ///
    /// @param zero the time of day of the run's zero
    void begin(LoadPlan plan, Instant zero) throws IOException;

    /// Some requests are over, in the order in which they ended.
    void add(List<RequestRecord> records) throws IOException;

    /// All requests are over and have been added.
    void end(LoadResult result) throws IOException;
}
