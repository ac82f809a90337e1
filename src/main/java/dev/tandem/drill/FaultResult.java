package dev.tandem.drill;

import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Evidence;

/// The result of one fault or one change: what a report shows on one line, or on one page.
///
/// @param fault the fault's name; `change` for a change
/// @param round the number of this repetition, starting at 1
/// @param prediction what it should have cost
/// @param judgement what it did cost
/// @param evidence what happened
/// @param cause what was done
public record FaultResult(
        String fault,
        int round,
        Prediction prediction,
        Judgement judgement,
        Evidence evidence,
        Cause cause) {
    /// The result of a fault.
    public FaultResult(
            String fault,
            int round,
            Prediction prediction,
            Judgement judgement,
            Evidence evidence) {
        this(fault, round, prediction, judgement, evidence, new Cause.Broken());
    }

    /// The name of this repetition: `web-kill`, then `web-kill (2)`.
    public String title() {
        return round == 1 ? fault : fault + " (" + round + ")";
    }
}
