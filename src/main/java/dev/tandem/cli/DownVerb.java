package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.Removal;
import dev.tandem.change.carry.Force;
import dev.tandem.change.state.ChangeLock;
import dev.tandem.change.state.StateFormat;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// `tandem down`: removes what `up` made, and nothing else. Works when the site file is wrong.
public final class DownVerb implements Verb<DownVerb.Asked> {
    private final Console console;
    private final Changes changes;
    private final Removal removal;
    private final Images images;

    /// The options.
    ///
    /// @param keepsImages whether the images stay
    /// @param takesLock whether the lock of a dead change is taken
    /// @param without machines that do not answer, and keep what they have
    public record Asked(boolean keepsImages, boolean takesLock, List<String> without) {}

    public DownVerb(Console console, Changes changes, Removal removal, Images images) {
        this.console = console;
        this.changes = changes;
        this.removal = removal;
        this.images = images;
    }

    @Override
    public String name() {
        return "down";
    }

    @Override
    public String summary() {
        return "Removes the containers and networks that up created. Keeps certificates.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> keep =
                options.unlessNo(
                        "--keep-images",
                        "Keeps the images too (default); --no-keep-images removes them.");
        Option<Boolean> lock = ChangeOptions.takeLock(options);
        Option<List<String>> without =
                options.texts(
                        "--without",
                        "MACHINE",
                        "Leaves what is on a machine that does not answer.");
        return given -> new Asked(keep.in(given), lock.in(given), without.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        Target target = target(file);
        if (target.over().isEmpty() && !asked.without().isEmpty()) {
            console.remark("tandem: --without: the site does not stand on machines");
            return ExitCode.USAGE;
        }
        List<String> removed = remove(target, new Force(false, asked.takesLock()), asked.without());
        removed.forEach(thing -> console.answer("removed " + thing));
        if (!asked.keepsImages()) {
            images.removeAll().forEach(image -> console.answer("removed image " + image));
        }
        console.answer(
                removed.isEmpty()
                        ? "Nothing of site " + target.project() + " was here."
                        : "Site %s is down. Its certificates stay in %s"
                                .formatted(target.project(), target.directory()));
        if (!asked.without().isEmpty()) {
            console.remark(
                    "%s comes back with what it has of the site, and serves it: then, tandem down"
                            .formatted(String.join(", ", asked.without())));
        }
        return ExitCode.OK;
    }

    /// What is taken down.
    ///
    /// @param project the site's name
    /// @param directory its state, if it was brought up here
    /// @param over the site, when it stands on machines
    private record Target(String project, Path directory, Optional<Site> over) {}

    /// Refused while the site is being changed. A site that was never brought up here has nothing
    /// to lock.
    private List<String> remove(Target target, Force force, List<String> without) {
        target.over().ifPresent(site -> removal.reach(site, without));
        if (!Files.isDirectory(target.directory())) {
            return removed(target);
        }
        return changes.alone(
                new ChangeLock.Purpose(
                        target.project(), new SiteDirectory(target.directory()), name()),
                target.over(),
                force,
                () -> removed(target));
    }

    private List<String> removed(Target target) {
        return target.over()
                .map(site -> removal.remove(site, image(target)))
                .orElseGet(() -> removal.remove(target.project(), target.directory()));
    }

    /// The image that its balancers run.
    private String image(Target target) {
        SiteDirectory state = new SiteDirectory(target.directory());
        return Optional.ofNullable(Preparation.imagesOf(state).get(Role.BALANCER.word()))
                .orElseGet(() -> images.of(state).balancer());
    }

    /// From the site file or, when that is wrong, from what is running or was applied.
    private Target target(SiteFile file) {
        GivenSite given;
        try {
            given = GivenSite.of(file);
        } catch (WrongSite | Stop e) {
            List<String> running = removal.projects(file.base());
            if (running.size() == 1) {
                console.remark(e.getMessage() + "; taking down what runs: " + running.getFirst());
                return target(file, running.getFirst(), Optional::empty);
            }
            throw e;
        }
        return target(
                file,
                given.site().name(),
                () -> Optional.of(given.applied()).filter(Site::hasMachines));
    }

    private static Target target(
            SiteFile file, String project, Supplier<Optional<Site>> overMachines) {
        Path directory = file.base().resolve(Layout.PARENT).resolve(project);
        if (Files.isDirectory(directory)) {
            Owner.me().require(file.base());
            StateFormat.refuseNewer(new SiteDirectory(directory));
        }
        return new Target(project, directory, overMachines.get());
    }
}
