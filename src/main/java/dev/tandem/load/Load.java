package dev.tandem.load;

import java.io.IOException;
import java.time.Instant;

/// A run in progress, wherever its requests are sent from.
public sealed interface Load extends AutoCloseable permits LoadRun, FarRun {
    /// The time of day of the run's zero, by the clock of this machine.
    Instant zero();

    /// Nanoseconds since the run's zero, on the clock of the records.
    long nanos();

    /// Whether every class has had an answer.
    boolean answeredEach();

    /// Whether the run has ended, successfully or not.
    boolean isOver();

    /// Waits for the run to end.
    ///
    /// @throws IOException if the sink failed, or if the generator was lost: the run was ended
    ///   then, and its history is incomplete
    LoadResult await() throws IOException, InterruptedException;

    /// Stops planning requests, lets those in flight end, and waits for that.
    ///
    /// @throws IOException as {@link #await}
    LoadResult stopAndAwait() throws IOException, InterruptedException;

    /// Aborts a run that has not ended, without waiting for what is in flight.
    @Override
    void close();
}
