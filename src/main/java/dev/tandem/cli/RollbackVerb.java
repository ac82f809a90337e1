package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.state.SavedState;
import dev.tandem.prepare.SitePlace;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `tandem rollback`: the site as it was before the last apply. The site file stays as it is.
public final class RollbackVerb implements Verb {
    private final Console console;
    private final Changes changes;
    private final LeftFaults left;

    public RollbackVerb(Console console, Changes changes, LeftFaults left) {
        this.console = console;
        this.changes = changes;
        this.left = left;
    }

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public String summary() {
        return "Takes the last apply back, while the site serves. Asks first.";
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
                                "rollback",
                                arguments,
                                target,
                                request -> changes.rollback(target, request));
        if (outcome.isEmpty()) {
            return ExitCode.REFUSED;
        }
        console.answer("Done: the last change of the site was taken back.");
        SavedState applied = ChangeCall.states(arguments, target).present();
        if (!applied.siteFile().equals(SiteLoader.text(arguments))) {
            console.remark(
                    SiteLoader.name(arguments)
                            + " still asks for what was taken back; the file of what runs now is "
                            + applied.siteFilePath());
        }
        return ExitCode.OK;
    }
}
