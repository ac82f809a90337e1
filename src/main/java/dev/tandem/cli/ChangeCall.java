package dev.tandem.cli;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.plan.Plan;
import java.util.Optional;
import java.util.function.Function;

/// A change that was asked for on the command line.
///
/// @param verb the verb that was called
/// @param subject the node that it concerns, as typed; empty when it concerns the site
/// @param site the site that is to change
record ChangeCall(String verb, String subject, GivenSite site) {
    /// A change that concerns the whole site.
    ChangeCall(String verb, GivenSite site) {
        this(verb, "", site);
    }

    /// The request to the site.
    ///
    /// @param consent the answer to a plan
    ChangeRequest request(ChangeOptions options, Function<Plan, Consent> consent) {
        return new ChangeRequest(
                verb,
                subject,
                site.text(),
                site.states(),
                options.limits(),
                consent,
                options.force());
    }

    /// Carries out the change after its plan was shown and agreed to; empty when the answer was no.
    ///
    /// @param change carries it out
    Optional<ChangeOutcome> confirmed(
            ChangeOptions.Confirmed options,
            Console console,
            Function<ChangeRequest, ChangeOutcome> change) {
        ChangeOutcome outcome =
                change.apply(request(options.change(), plan -> consent(plan, options, console)));
        if (outcome.consent() == Consent.REFUSED) {
            console.remark(
                    "Nothing was changed. To go ahead without the question: tandem "
                            + verb
                            + " --yes");
            return Optional.empty();
        }
        return Optional.of(outcome);
    }

    /// Shows the plan and asks, unless the answer was given on the command line.
    private static Consent consent(Plan plan, ChangeOptions.Confirmed options, Console console) {
        console.remark(text(plan), Colouring.PLAN);
        boolean agreed = options.agreed() || console.asks("Do it?");
        return agreed ? Consent.GIVEN : Consent.REFUSED;
    }

    /// A plan as it is displayed: the steps, then what clients will notice.
    static String text(Plan plan) {
        StringBuilder text = new StringBuilder(plan.toString());
        plan.gaps().forEach(gap -> text.append("\n\nclients will notice: ").append(gap));
        return text.toString();
    }
}
