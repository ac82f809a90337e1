package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.health.Picture;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem up`: everything, from an engine that is missing to the addresses to open.
public final class UpVerb implements Verb {
    private final Console console;
    private final EngineSetup engine;
    private final Preparation preparation;
    private final Changes changes;
    private final LeftFaults left;

    public UpVerb(
            Console console,
            EngineSetup engine,
            Preparation preparation,
            Changes changes,
            LeftFaults left) {
        this.changes = changes;
        this.left = left;
        this.console = console;
        this.engine = engine;
        this.preparation = preparation;
    }

    @Override
    public String name() {
        return "up";
    }

    @Override
    public String summary() {
        return "Brings the site up, or to what its file asks for now.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-y", "--yes")
                        .description("Installs a missing Docker engine without asking.")
                        .build());
        ChangeCall.describeQuick(spec);
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        SitePlace target = SiteLoader.load(arguments);
        ChangeRequest request =
                new ChangeCall(console).request("up", arguments, target, _ -> Consent.GIVEN);
        Optional<ExitCode> missing = engine.ensure(consent(arguments));
        if (missing.isPresent()) {
            return missing.get();
        }
        left.heal(target);
        ChangeOutcome outcome = changes.apply(target, request);
        outcome.certificates().forEach(console::remark);
        Picture picture = Picture.of(target.site(), preparation.lan(target), outcome.snapshot());
        console.answer(StatusText.ofUp(picture, target.directory().tls()));
        if (!outcome.changed()) {
            console.answer("\nNothing to change: the site runs as tandem.yaml asks.");
        }
        return ExitCode.OK;
    }

    private static EngineSetup.Consent consent(ParseResult arguments) {
        return arguments.hasMatchedOption("--yes")
                ? EngineSetup.Consent.GIVEN
                : EngineSetup.Consent.TO_BE_ASKED;
    }
}
