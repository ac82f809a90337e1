package dev.tandem.cli;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.carry.Force;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.state.SavedStates;
import dev.tandem.file.Reading;
import dev.tandem.model.Site;
import dev.tandem.prepare.SitePlace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What all verbs that change a site have in common on the command line: their options, and the
/// question before the first step.
final class ChangeCall {
    private final Console console;

    ChangeCall(Console console) {
        this.console = console;
    }

    /// The options of a verb that changes the site.
    static void describe(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-y", "--yes").description("Does it without asking.").build());
        describeQuick(spec);
    }

    /// The same for a verb that does not ask.
    static void describeQuick(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("--force")
                        .description("Does it even if it breaks the site; says what will break.")
                        .build());
        describeLock(spec);
        spec.addOption(
                OptionSpec.builder("--wait-timeout")
                        .paramLabel("SECONDS")
                        .type(int.class)
                        .description("How long a node may take for each step (40).")
                        .build());
    }

    /// The option of every verb that locks the site.
    static void describeLock(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("--take-lock")
                        .description("Takes the lock of a change that is known to be dead.")
                        .build());
    }

    /// What is not left to Tandem's care.
    static Force force(ParseResult arguments) {
        return new Force(
                arguments.hasMatchedOption("--force"), arguments.hasMatchedOption("--take-lock"));
    }

    /// A request as the command line has it.
    ///
    /// @param consent what is said to a plan
    ChangeRequest request(
            String verb, ParseResult arguments, SitePlace target, Function<Plan, Consent> consent) {
        return new ChangeRequest(
                verb,
                arguments.matchedPositionals().stream()
                        .flatMap(positional -> positional.stringValues().stream())
                        .collect(Collectors.joining(" ")),
                SiteLoader.text(arguments),
                states(arguments, target),
                Duration.ofSeconds(arguments.matchedOptionValue("--wait-timeout", 40)),
                consent,
                force(arguments));
    }

    /// Has a change done after its plan was shown and agreed to; empty when the answer was no.
    ///
    /// @param verb what was called
    /// @param change does it
    Optional<ChangeOutcome> asked(
            String verb,
            ParseResult arguments,
            SitePlace target,
            Function<ChangeRequest, ChangeOutcome> change) {
        ChangeOutcome outcome =
                change.apply(request(verb, arguments, target, plan -> consent(plan, arguments)));
        if (outcome.consent() == Consent.REFUSED) {
            console.remark(
                    "Nothing was changed. To do it without being asked: tandem " + verb + " --yes");
            return Optional.empty();
        }
        return Optional.of(outcome);
    }

    /// Shows the plan and asks, unless the answer was given on the command line.
    private Consent consent(Plan plan, ParseResult arguments) {
        console.remark(text(plan));
        boolean agreed = arguments.hasMatchedOption("--yes") || console.asks("Do it?");
        return agreed ? Consent.GIVEN : Consent.REFUSED;
    }

    /// A plan as it is shown: the steps, then what clients will notice.
    static String text(Plan plan) {
        StringBuilder text = new StringBuilder(plan.toString());
        plan.gaps().forEach(gap -> text.append("\n\nclients will notice: ").append(gap));
        return text.toString();
    }

    /// The saved states of a site. A site file of earlier days that is not understood any more is
    /// none.
    static SavedStates states(ParseResult arguments, SitePlace target) {
        return new SavedStates(
                target.directory(),
                text ->
                        switch (SiteLoader.read(arguments, text)) {
                            case Reading.Good(Site site) -> Optional.of(site);
                            case Reading.Bad _ -> Optional.empty();
                        });
    }

    /// The site as it was brought up, which a verb for its nodes is about; the site file when there
    /// is none.
    static Site applied(ParseResult arguments, SitePlace target) {
        return states(arguments, target).applied().orElse(target.site());
    }
}
