package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.Removal;
import dev.tandem.change.carry.Force;
import dev.tandem.change.state.StateFormat;
import dev.tandem.model.Stop;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

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
    public record Asked(boolean keepsImages, boolean takesLock) {}

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
        return given -> new Asked(keep.in(given), lock.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        String project = project(file);
        Path directory = file.base().resolve(Layout.PARENT).resolve(project);
        List<String> removed = remove(project, directory, new Force(false, asked.takesLock()));
        removed.forEach(thing -> console.answer("removed " + thing));
        if (!asked.keepsImages()) {
            images.removeAll().forEach(image -> console.answer("removed image " + image));
        }
        console.answer(
                removed.isEmpty()
                        ? "Nothing of site " + project + " was here."
                        : "Site " + project + " is down. Its certificates stay in " + directory);
        return ExitCode.OK;
    }

    /// Refused while the site is being changed. A site that was never brought up here has nothing
    /// to lock.
    private List<String> remove(String project, Path directory, Force force) {
        if (!Files.isDirectory(directory)) {
            return removal.remove(project, directory);
        }
        Owner.me().require(directory.resolve("../..").normalize());
        StateFormat.refuseNewer(new SiteDirectory(directory));
        return changes.alone(
                project,
                new SiteDirectory(directory),
                name(),
                force,
                () -> removal.remove(project, directory));
    }

    /// The project's name from the site file or, when that is wrong, from what is running.
    private String project(SiteFile file) {
        GivenSite given;
        try {
            given = GivenSite.of(file);
        } catch (WrongSite | Stop e) {
            List<String> running = removal.projects(file.base());
            if (running.size() == 1) {
                console.remark(e.getMessage() + "; taking down what runs: " + running.getFirst());
                return running.getFirst();
            }
            throw e;
        }
        return given.onOneMachine().site().name();
    }
}
