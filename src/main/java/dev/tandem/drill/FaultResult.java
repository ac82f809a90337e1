package dev.tandem.drill;

import dev.tandem.evidence.Evidence;

/// What came of one fault: what a report shows in one line, or on one page.
///
/// @param fault the fault's name
/// @param round which time it was, the first being 1
/// @param prediction what it should have cost
/// @param judgement what it did cost
/// @param evidence what happened
public record FaultResult(
        String fault, int round, Prediction prediction, Judgement judgement, Evidence evidence) {
    /// The name of this time: `web-kill`, then `web-kill (2)`.
    public String title() {
        return round == 1 ? fault : fault + " (" + round + ")";
    }
}
