package dev.tandem.drill;

import dev.tandem.drill.judge.Verdict;
import dev.tandem.model.Budget;
import java.util.List;

/// What came of a whole drill: all forms of a report are made of it.
///
/// @param run the name of the run
/// @param site the site, or the pair, that was drilled
/// @param budget what was allowed
/// @param circumstances the machine and the versions, and how it was drilled, in the order in which
///   they are shown
/// @param results of each fault, in the order in which they were injected
public record DrillResult(
        String run,
        String site,
        Budget budget,
        List<Circumstance> circumstances,
        List<FaultResult> results) {
    public DrillResult {
        circumstances = List.copyOf(circumstances);
        results = List.copyOf(results);
    }

    /// Something that a reader must know to make sense of the numbers.
    ///
    /// @param name what: `processors`
    /// @param value its value, on one line
    public record Circumstance(String name, String value) {}

    /// FAILED when one failed; else INCONCLUSIVE when one is, or when there is none; else PASSED.
    public Verdict verdict() {
        if (has(Verdict.FAILED)) {
            return Verdict.FAILED;
        }
        return has(Verdict.INCONCLUSIVE) || results.isEmpty()
                ? Verdict.INCONCLUSIVE
                : Verdict.PASSED;
    }

    private boolean has(Verdict verdict) {
        return results.stream().anyMatch(result -> result.judgement().verdict() == verdict);
    }
}
