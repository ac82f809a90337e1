package dev.tandem.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run as its file tells it: what is needed to judge it again, much later and by other measures.
///
/// The file is text, one line per request, tab-separated, in the order in which the requests ended;
/// `#` lines before them name the version, the plan and the zero, and one behind them the result. A
/// file without that last line is of a run that was broken off, or lost its end: what it says is
/// true, but not all.
///
/// @param tag what the ids begin with
/// @param zero the time of day of the run's zero
/// @param plan the plan, as text
/// @param records what became of the requests
/// @param end what the run came to; empty when the file has lost its end
public record RunHistory(
        String tag, Instant zero, String plan, List<RequestRecord> records, Optional<End> end) {
    public RunHistory {
        records = List.copyOf(records);
    }

    /// What the run came to.
    ///
    /// @param length for how long requests were planned
    /// @param requests how many there were
    /// @param connections how many connections could carry a request
    /// @param lostInSilence how many connections were lost while no request was on them
    /// @param punctuality how well the generator kept the schedule
    public record End(
            Duration length,
            long requests,
            long connections,
            long lostInSilence,
            Punctuality punctuality) {}

    /// Whether every request of the run is in it.
    public boolean isComplete() {
        return end.isPresent() && end.get().requests() == records.size();
    }

    /// Begins the file of a run. What is there already is overwritten.
    ///
    /// @throws IOException when it cannot be written
    public static HistoryWriter write(Path file) throws IOException {
        return new HistoryWriter(file);
    }

    /// Reads the file of a run. A last line that is not whole is left out, and so is what comes
    /// behind it: nothing.
    ///
    /// @throws IOException when it cannot be read, is no such file, is of another version, or has a
    ///   wrong line, which the message names
    public static RunHistory read(Path file) throws IOException {
        return new HistoryReader(file).read();
    }
}
