package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.state.SavedStates;
import java.time.Duration;
import java.util.function.Function;

/// What is asked for.
///
/// @param verb what was called, for the journal: `apply`
/// @param subject the node that it is about; empty when it is about the site
/// @param siteFile the text of the site file
/// @param states the saved states of the site
/// @param patience how long nodes may take
/// @param consent asked with the plan before anything is changed
/// @param force what is not left to Tandem's care
public record ChangeRequest(
        String verb,
        String subject,
        String siteFile,
        SavedStates states,
        Duration patience,
        Function<Plan, Consent> consent,
        Force force) {}
