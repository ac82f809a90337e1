package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What is asked for.
///
/// @param verb what was called, for the journal: `apply`
/// @param subject the node that it is about; empty when it is about the site
/// @param siteFile the text of the site file
/// @param reader from the text of a site file of earlier days to its site; empty when it cannot be
///   read any more
/// @param patience how long nodes may take
/// @param consent asked with the plan before anything is changed
/// @param force what is not left to Tandem's care
public record ChangeRequest(
        String verb,
        String subject,
        String siteFile,
        Function<String, Optional<Site>> reader,
        Duration patience,
        Function<Plan, Consent> consent,
        Force force) {}
