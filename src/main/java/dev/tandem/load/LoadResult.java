package dev.tandem.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The result of a run.
///
/// @param plan the plan
/// @param zero the time of day of the run's zero
/// @param length how long requests were planned for: the plan's duration, or less if the run was
///   stopped
/// @param requests how many were planned in that time: each has one record
/// @param outcomes the number of requests per outcome; outcomes that did not occur are left out
/// @param connections how many connections could carry a request
/// @param lostInSilence how many connections were lost while they carried no request
/// @param punctuality how well the generator kept the schedule
public record LoadResult(
        LoadPlan plan,
        Instant zero,
        Duration length,
        long requests,
        Map<Outcome, Long> outcomes,
        long connections,
        long lostInSilence,
        Punctuality punctuality) {
    public LoadResult {
        outcomes = Map.copyOf(outcomes);
    }

    /// How many requests had this outcome.
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
