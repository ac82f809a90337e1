package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.state.SavedStates;
import java.util.function.Function;

/// A request for a change.
///
/// @param verb the verb that was called, for the journal: `apply`
/// @param subject the node that it concerns; empty when it concerns the site
/// @param siteFile the text of the site file
/// @param states the saved states of the site
/// @param limits how long it may take
/// @param consent asked with the plan before anything is changed
/// @param force the safeguards that the operator overrides
public record ChangeRequest(
        String verb,
        String subject,
        String siteFile,
        SavedStates states,
        WaitLimits limits,
        Function<Plan, Consent> consent,
        Force force) {}
