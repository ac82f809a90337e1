package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.plan.Step;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/// `tandem plan`: what `apply` would do, step by step, each with its cause. Changes nothing.
public final class PlanVerb extends SiteVerb<PlanVerb.Asked> {
    private final Console console;
    private final Changes changes;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    public record Asked(boolean json) {}

    public PlanVerb(Console console, Changes changes, LeftFaults left) {
        super(left);
        this.console = console;
        this.changes = changes;
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
        Option<Boolean> json = options.flag("Prints JSON, for programs.", "--json");
        return given -> new Asked(json.in(given));
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        ChangeRequest request =
                new ChangeCall(name(), site).request(ChangeOptions.NONE, _ -> Consent.REFUSED);
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
            console.answer("Nothing to do: the site runs as tandem.yaml and its operators ask.");
            return;
        }
        console.answer(ChangeCall.text(proposal.plan()));
        int steps = proposal.plan().steps().size();
        console.answer(
                "\n" + (steps == 1 ? "1 step" : steps + " steps") + "; to do it: tandem apply");
        proposal.harm().forEach(line -> console.answer("tandem apply will refuse this: " + line));
    }

    private static String json(Changes.Proposal proposal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeArrayFieldStart("steps");
            for (Step step : proposal.plan().steps()) {
                json.writeStartObject();
                json.writeStringField("verb", step.verb());
                json.writeStringField("node", step.node());
                json.writeStringField("what", step.what());
                json.writeStringField("cause", step.cause());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "gaps", proposal.plan().gaps());
            strings(json, "harm", proposal.harm());
            json.writeStringField("interrupted", proposal.interrupted().orElse(null));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void strings(JsonGenerator json, String name, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
