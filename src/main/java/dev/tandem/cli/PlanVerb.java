package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.change.Changes;
import dev.tandem.change.carry.Away;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.WaitLimits;
import dev.tandem.change.plan.Step;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// `tandem plan`: what `apply` would do, step by step, each with its cause. Changes nothing.
public final class PlanVerb extends SiteVerb<PlanVerb.Asked> {
    private final Console console;
    private final Changes changes;
    private final MachineEngines engines;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    /// @param away machines that need not answer
    public record Asked(boolean json, Away away) {}

    public PlanVerb(Console console, Changes changes, MachineEngines engines, LeftFaults left) {
        super(left);
        this.console = console;
        this.changes = changes;
        this.engines = engines;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "Shows what apply would do, and why. Exit code 1 if there is anything to do.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        Function<Given, Away> away = ChangeOptions.away(options);
        return given -> new Asked(json.in(given), away.apply(given));
    }

    /// Where there is no engine nothing can be seen, and what `up` would do first is the plan.
    @Override
    Optional<ExitCode> beforehand(Asked asked, GivenSite site) {
        if (site.site().hasMachines()) {
            engines.refuseMissing(site.site(), asked.away());
        }
        return Optional.empty();
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        ChangeRequest request =
                new ChangeCall(name(), site)
                        .request(
                                new ChangeOptions(
                                        WaitLimits.USUAL, new Force(false, false, asked.away())),
                                _ -> Consent.REFUSED);
        Changes.Proposal proposal = changes.plan(site.place(), request);
        if (asked.json()) {
            console.answer(json(proposal));
        } else {
            show(proposal);
        }
        return proposal.plan().isEmpty() ? ExitCode.OK : ExitCode.NO;
    }

    private void show(Changes.Proposal proposal) {
        proposal.interrupted().ifPresent(change -> console.remark("There was " + change + "."));
        if (proposal.plan().isEmpty()) {
            console.answer(
                    "Nothing to do: the site runs as tandem.yaml and its operators ask.",
                    Colouring.PLAN);
            return;
        }
        console.answer(ChangeCall.text(proposal.plan()), Colouring.PLAN);
        int steps = proposal.plan().steps().size();
        console.answer(
                "\n" + (steps == 1 ? "1 step" : steps + " steps") + "; to do it: tandem apply");
        proposal.harm()
                .forEach(line ->
                        console.answer("tandem apply will refuse this: " + line, Colouring.PLAN));
    }

    static String json(Changes.Proposal proposal) {
        return Json.object(json -> {
            Json.objects(json, "steps", proposal.plan().steps(), step -> step(json, step));
            Json.strings(json, "gaps", proposal.plan().gaps());
            Json.strings(json, "harm", proposal.harm());
            Json.string(json, "interrupted", proposal.interrupted());
        });
    }

    private static void step(JsonGenerator json, Step step) throws IOException {
        json.writeStringField("verb", step.verb());
        json.writeStringField("node", step.node());
        json.writeStringField("what", step.what());
        json.writeStringField("cause", step.cause());
    }
}
