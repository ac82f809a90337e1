package dev.tandem.cli;

import dev.tandem.change.state.SiteLock;
import dev.tandem.change.state.StateFormat;
import dev.tandem.monitoring.Monitoring;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// `tandem render`: writes the site's directory, from which plain `docker compose up -d` works.
public final class RenderVerb extends SiteVerb<RenderVerb.Asked> {
    private final Console console;
    private final Preparation preparation;
    private final Clock clock;

    /// The options.
    ///
    /// @param output the target directory; empty: the usual one
    /// @param monitoring where the files go with which the site is watched; those alone are written
    ///   then
    public record Asked(Optional<Path> output, Optional<Path> monitoring) {}

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
        Option<Optional<String>> monitoring =
                options.text(
                        "DIR",
                        "Writes only what Prometheus and Grafana watch the site with, there.",
                        "--monitoring");
        return given -> new Asked(path(output.in(given)), path(monitoring.in(given)));
    }

    private static Optional<Path> path(Optional<String> name) {
        return name.filter(text -> !text.isEmpty()).map(Path::of);
    }

    /// The usual directory is looked after below: this verb runs nothing of the site.
    @Override
    boolean needsState(Asked asked) {
        return false;
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        if (asked.monitoring().isPresent()) {
            return said(toWatch(site, asked.monitoring().get()), asked.monitoring().get());
        }
        SitePlace target = asked.output().map(site::elsewhere).orElse(site.place());
        if (asked.output().isEmpty()) {
            Owner.me().require(site.file().base());
            StateFormat.refuseNewer(target.directory());
            target.directory().keepPrivate();
        } else {
            Owner.me().requireOwn(target.directory().root());
        }
        return said(written(target), target.directory().root());
    }

    /// Nothing that runs reads these: whoever watches the site does, so they are no secret, and a
    /// change of the site is no reason to write them.
    private static List<String> toWatch(GivenSite site, Path directory) {
        Owner.me().requireOwn(directory);
        SiteDirectory target = new SiteDirectory(directory.toAbsolutePath());
        SortedMap<String, String> files = new TreeMap<>(Monitoring.files(site.site()));
        files.entrySet().removeIf(file -> target.read(file.getKey()).equals(file.getValue()));
        files.forEach(target::note);
        return List.copyOf(files.keySet());
    }

    private ExitCode said(List<String> written, Path root) {
        written.forEach(console::answer);
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
