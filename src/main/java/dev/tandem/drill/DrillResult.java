package dev.tandem.drill;

import dev.tandem.drill.judge.Verdict;
import dev.tandem.model.Budget;
import java.util.List;
import java.util.Optional;

/// The result of a whole drill: every form of a report is made from it.
///
/// @param run the name of the run
/// @param site the site, or the pair, that was drilled
/// @param budget the limits that applied
/// @param circumstances the machine, the versions and the settings of the drill, in the order in
///   which they are shown
/// @param results the result of each fault, in the order in which the faults were injected
public record DrillResult(
        String run,
        String site,
        Budget budget,
        List<Circumstance> circumstances,
        List<FaultResult> results) {
    /// The name of the circumstance that says from which machine the load was sent.
    public static final String FROM = "load from";

    public DrillResult {
        circumstances = List.copyOf(circumstances);
        results = List.copyOf(results);
    }

    /// A fact that a reader needs to make sense of the numbers.
    ///
    /// @param name its name: `processors`
    /// @param value its value, on one line
    public record Circumstance(String name, String value) {}

    /// FAILED if one failed; otherwise INCONCLUSIVE if one is, or if there is none; otherwise
    /// PASSED.
    public Verdict verdict() {
        if (has(Verdict.FAILED)) {
            return Verdict.FAILED;
        }
        return has(Verdict.INCONCLUSIVE) || results.isEmpty()
                ? Verdict.INCONCLUSIVE
                : Verdict.PASSED;
    }

    /// From which machine the load was sent; empty if it was that of the drill.
    public Optional<String> from() {
        return circumstances.stream()
                .filter(one -> one.name().equals(FROM))
                .map(Circumstance::value)
                .findFirst();
    }

    private boolean has(Verdict verdict) {
        return results.stream().anyMatch(result -> result.judgement().verdict() == verdict);
    }
}
