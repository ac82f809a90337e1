package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import java.util.Optional;
import java.util.function.Function;

/// `tandem apply`: brings a running site to what its file now asks for, without losing a request.
public final class ApplyVerb extends SiteVerb<ChangeOptions.Confirmed> {
    private final Console console;
    private final Changes changes;

    public ApplyVerb(Console console, Changes changes, LeftFaults left) {
        super(left);
        this.console = console;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String summary() {
        return "Applies the site file while the site keeps serving. Asks first.";
    }

    @Override
    public Function<Given, ChangeOptions.Confirmed> options(Options options) {
        return ChangeOptions.Confirmed.in(options);
    }

    @Override
    ExitCode run(ChangeOptions.Confirmed asked, GivenSite site) {
        Optional<ChangeOutcome> outcome =
                new ChangeCall(name(), site)
                        .confirmed(asked, console, request -> changes.apply(site.place(), request));
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
