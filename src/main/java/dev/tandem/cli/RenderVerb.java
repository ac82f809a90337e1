package dev.tandem.cli;

import dev.tandem.change.state.SiteLock;
import dev.tandem.change.state.StateFormat;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem render`: writes the site's directory, from which plain `docker compose up -d` works.
public final class RenderVerb extends SiteVerb<RenderVerb.Asked> {
    private final Console console;
    private final Preparation preparation;
    private final Clock clock;

    /// The options.
    ///
    /// @param output the target directory; empty: the usual one
    public record Asked(Optional<Path> output) {}

    public RenderVerb(Console console, Preparation preparation, Clock clock) {
        this.console = console;
        this.preparation = preparation;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "render";
    }

    @Override
    public String summary() {
        return "Writes the site's configuration files without starting anything.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> output =
                options.text(
                        "DIR",
                        "Where to write them (.tandem/SITE beside the site file).",
                        "-o",
                        "--output");
        return given -> new Asked(output.in(given).filter(name -> !name.isEmpty()).map(Path::of));
    }

    /// The usual directory is looked after below: this verb runs nothing of the site.
    @Override
    boolean needsState(Asked asked) {
        return false;
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        SitePlace target = asked.output().map(site::elsewhere).orElse(site.place());
        if (asked.output().isEmpty()) {
            Owner.me().require(site.file().base());
            StateFormat.refuseNewer(target.directory());
            target.directory().keepPrivate();
        } else {
            Owner.me().requireOwn(target.directory().root());
        }
        List<String> written = written(target);
        written.forEach(console::answer);
        Path root = target.directory().root();
        console.remark(
                written.isEmpty()
                        ? "Nothing to write: " + root + " is as tandem.yaml asks."
                        : written.size() + " files written to " + root);
        return ExitCode.OK;
    }

    /// Refused while the site is being changed: containers read the files in its directory.
    private List<String> written(SitePlace target) {
        if (!target.inItsPlace()) {
            return preparation.render(target);
        }
        try (SiteLock _ = SiteLock.toWrite(target.directory(), name(), clock)) {
            StateFormat.refuseNewer(target.directory());
            StateFormat.mark(target.directory());
            return preparation.render(target);
        }
    }
}
