package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.observe.Snapshot;
import java.util.List;

/// What a change did.
///
/// @param plans the plans carried out, in order; empty when there was nothing to do
/// @param certificates the certificates that were made or renewed
/// @param snapshot the site afterwards
/// @param consent whether the user agreed
public record ChangeOutcome(
        List<Plan> plans, List<String> certificates, Snapshot snapshot, Consent consent) {
    /// Whether anything was changed.
    public boolean changed() {
        return !plans.isEmpty();
    }
}
