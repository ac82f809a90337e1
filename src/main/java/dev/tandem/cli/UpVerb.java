package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.docker.Docker;
import dev.tandem.docker.FarSetup;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Runner;
import dev.tandem.health.Picture;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.RenewalNote;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// `tandem up`: everything, from installing a missing engine to the addresses to open.
public final class UpVerb extends SiteVerb<UpVerb.Asked> {
    private final Console console;
    private final Engines engines;
    private final Preparation preparation;
    private final Changes changes;

    /// What sets up engines.
    ///
    /// @param one the only engine of a site without machines
    /// @param each those of machines
    public record Engines(EngineSetup one, MachineEngines each) {
        /// Those of this machine and of others.
        ///
        /// @param home Tandem's own directory
        public static Engines of(Console console, Fleet fleet, Runner runner, Path home) {
            EngineSetup one = new EngineSetup(new Docker(runner), runner, home);
            FarSetup others = new FarSetup(runner, home);
            return new Engines(one, new MachineEngines(console, fleet, one, others, home));
        }
    }

    /// The options.
    ///
    /// @param engine whether a missing engine may be installed
    /// @param packages which packages the nodes are to have
    public record Asked(EngineSetup.Consent engine, Packages packages, ChangeOptions change) {}

    /// Which packages the nodes have.
    public enum Packages {
        /// Those that they have.
        PRESENT,
        /// Today's, with their security updates.
        FRESH
    }

    public UpVerb(
            Console console,
            Engines engines,
            Preparation preparation,
            Changes changes,
            LeftFaults left) {
        super(left);
        this.console = console;
        this.engines = engines;
        this.preparation = preparation;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "up";
    }

    @Override
    public String summary() {
        return "Starts the site, or updates it to match its file.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> yes =
                options.flag(
                        "Installs a missing Docker engine, also on machines, without asking.",
                        "-y",
                        "--yes");
        Option<Boolean> refresh =
                options.flag(
                        "Rebuilds the images from today's packages, and replaces the nodes.",
                        "--refresh");
        Function<Given, ChangeOptions> change = ChangeOptions.ofSite(options);
        return given ->
                new Asked(
                        yes.in(given) ? EngineSetup.Consent.GIVEN : EngineSetup.Consent.TO_BE_ASKED,
                        refresh.in(given) ? Packages.FRESH : Packages.PRESENT,
                        change.apply(given));
    }

    @Override
    Optional<ExitCode> beforehand(Asked asked, GivenSite site) {
        return site.site().hasMachines()
                ? engines.each().ensure(site.site(), asked.engine(), asked.change().force().away())
                : engines.one().ensure(asked.engine());
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        SitePlace place = site.place();
        ChangeRequest request =
                new ChangeCall(name(), site).request(asked.change(), _ -> Consent.GIVEN);
        ChangeOutcome outcome =
                switch (asked.packages()) {
                    case PRESENT -> changes.apply(place, request);
                    case FRESH -> changes.refresh(place, request);
                };
        outcome.certificates().forEach(console::remark);
        Picture picture = Picture.of(site.site(), preparation.lan(place), outcome.snapshot());
        console.answer(StatusText.ofUp(picture, place.directory().tls()), Colouring.STATUS);
        RenewalWords.afterUp(site.site(), RenewalNote.read(place.directory()))
                .ifPresent(console::answer);
        if (!outcome.changed()) {
            console.answer("\nNothing to change: the site runs as tandem.yaml asks.");
        }
        return ExitCode.OK;
    }
}
