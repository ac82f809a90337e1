package dev.tandem.drill;

import java.util.List;

/// What came of a whole drill: all forms of a report are made of it.
///
/// @param run the name of the run
/// @param site the site, or the pair, that was drilled
/// @param budget what was allowed
/// @param results of each fault, in the order in which they were injected
public record DrillResult(String run, String site, Budget budget, List<FaultResult> results) {
    public DrillResult {
        results = List.copyOf(results);
    }

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
