package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.state.SavedState;
import java.util.Optional;
import java.util.function.Function;

/// `tandem rollback`: the site as it was before the last apply. The site file stays as it is.
public final class RollbackVerb extends SiteVerb<ChangeOptions.Confirmed> {
    private final Console console;
    private final Changes changes;

    public RollbackVerb(Console console, Changes changes, LeftFaults left) {
        super(left);
        this.console = console;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public String summary() {
        return "Undoes the last apply while the site keeps serving. Asks first.";
    }

    @Override
    public Function<Given, ChangeOptions.Confirmed> options(Options options) {
        return ChangeOptions.Confirmed.in(options);
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(ChangeOptions.Confirmed asked, GivenSite site) {
        Optional<ChangeOutcome> outcome =
                new ChangeCall(name(), site)
                        .confirmed(
                                asked, console, request -> changes.rollback(site.place(), request));
        if (outcome.isEmpty()) {
            return ExitCode.REFUSED;
        }
        console.answer("Done: the last change of the site was taken back.");
        SavedState applied = site.states().present();
        if (!applied.siteFile().equals(site.text())) {
            console.remark(
                    site.file().name()
                            + " still asks for what was taken back; the file of what runs now is "
                            + applied.siteFilePath());
        }
        return ExitCode.OK;
    }
}
