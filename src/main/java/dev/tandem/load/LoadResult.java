package dev.tandem.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What a run came to.
///
/// @param plan what was planned
/// @param zero the time of day of the run's zero
/// @param length for how long requests were planned: the plan's duration, or less when it was
///   stopped
/// @param requests how many were planned in that time: each has one record
/// @param outcomes how many of them came to what; outcomes that did not occur are not named
/// @param connections how many connections could carry a request
/// @param lostInSilence how many connections were lost while no request was on them
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

    /// How many requests came to this.
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
