package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.Returning;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.state.SavedState;
import java.util.Optional;
import java.util.function.Function;

/// `tandem rollback`: the site as it was before the last apply. The site file stays as it is.
public final class RollbackVerb extends SiteVerb<RollbackVerb.Asked> {
    private final Console console;
    private final Changes changes;

    /// The options.
    ///
    /// @param certificates whether those of that time return
    public record Asked(ChangeOptions.Confirmed change, Returning certificates) {}

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
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> certificates =
                options.flag(
                        "Takes the certificates back, too, whoever has their keys by now.",
                        "--certificates");
        Function<Given, ChangeOptions.Confirmed> change = ChangeOptions.Confirmed.in(options);
        return given ->
                new Asked(
                        change.apply(given),
                        certificates.in(given) ? Returning.RETURN : Returning.STAY);
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        Optional<ChangeOutcome> outcome =
                new ChangeCall(name(), site)
                        .confirmed(
                                asked.change(),
                                console,
                                request ->
                                        changes.rollback(
                                                site.place(), request, asked.certificates()));
        if (outcome.isEmpty()) {
            return ExitCode.REFUSED;
        }
        outcome.get().certificates().forEach(console::remark);
        console.answer("Done: the last change of the site was taken back.");
        if (asked.certificates() == Returning.STAY) {
            console.remark("Today's certificates stay, with their keys.");
        }
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
