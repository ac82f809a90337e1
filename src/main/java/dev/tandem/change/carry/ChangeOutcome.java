package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.observe.Snapshot;
import java.util.List;

/// What a change did.
///
/// @param plans what was carried out, one plan after the other; empty when there was nothing
/// @param certificates what was made or renewed
/// @param snapshot the site afterwards
/// @param consent whether it was agreed to
public record ChangeOutcome(
        List<Plan> plans, List<String> certificates, Snapshot snapshot, Consent consent) {
    /// Whether anything was changed.
    public boolean changed() {
        return !plans.isEmpty();
    }
}
