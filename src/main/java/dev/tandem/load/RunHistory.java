package dev.tandem.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run as read from its file: everything needed to judge it again, much later and by other
/// limits.
///
/// The file is text, one line per request, tab-separated, in the order in which the requests ended;
/// `#` lines at the start give the version, the plan and the zero, and one at the end the result. A
/// file without that last line comes from a run that was aborted, or it was truncated: what it says
/// is true, but incomplete.
///
/// @param tag the prefix of the ids
/// @param zero the time of day of the run's zero
/// @param plan the plan, as text
/// @param records the records of the requests
/// @param end the result of the run; empty if the file was truncated
public record RunHistory(
        String tag, Instant zero, String plan, List<RequestRecord> records, Optional<End> end) {
    public RunHistory {
        records = List.copyOf(records);
    }

    /// The result of the run.
    ///
    /// @param length how long requests were planned for
    /// @param requests how many there were
    /// @param connections how many connections could carry a request
    /// @param lostInSilence how many connections were lost while they carried no request
    /// @param punctuality how well the generator kept the schedule
    public record End(
            Duration length,
            long requests,
            long connections,
            long lostInSilence,
            Punctuality punctuality) {}

    /// Whether it holds every request of the run.
    public boolean isComplete() {
        return end.isPresent() && end.get().requests() == records.size();
    }

    /// Starts the file of a run. An existing file is overwritten.
    ///
    /// @throws IOException if it cannot be written
    public static HistoryWriter write(Path file) throws IOException {
        return new HistoryWriter(file);
    }

    /// Reads the file of a run. An incomplete last line is ignored.
    ///
    /// @throws IOException if it cannot be read, is not such a file, is of another version, or has
    ///   a wrong line, which the message names
    public static RunHistory read(Path file) throws IOException {
        return new HistoryReader(file).read();
    }
}
