package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.prepare.SitePlace;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `tandem apply`: brings a site that serves to what its file asks for now, without a request being
/// lost.
public final class ApplyVerb implements Verb {
    private final Console console;
    private final Changes changes;
    private final LeftFaults left;

    public ApplyVerb(Console console, Changes changes, LeftFaults left) {
        this.console = console;
        this.changes = changes;
        this.left = left;
    }

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String summary() {
        return "Changes the site to what its file asks for, while it serves. Asks first.";
    }

    @Override
    public void describe(CommandSpec spec) {
        ChangeCall.describe(spec);
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        SitePlace target = SiteLoader.load(arguments);
        left.heal(target);
        Optional<ChangeOutcome> outcome =
                new ChangeCall(console)
                        .asked(
                                "apply",
                                arguments,
                                target,
                                request -> changes.apply(target, request));
        if (outcome.isEmpty()) {
            return ExitCode.REFUSED;
        }
        outcome.get().certificates().forEach(console::remark);
        console.answer(
                outcome.get().changed()
                        ? "Done: the site runs as tandem.yaml asks."
                        : "Nothing to do: the site runs as tandem.yaml asks.");
        return ExitCode.OK;
    }
}
