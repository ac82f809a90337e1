package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.Removal;
import dev.tandem.model.Stop;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem down`: removes what `up` made, and nothing else. Works when the site file is wrong.
public final class DownVerb implements Verb {
    private final Console console;
    private final Changes changes;
    private final Removal removal;
    private final Images images;

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
        return "Removes the containers and networks that up made. Certificates stay.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("--keep-images")
                        .negatable(true)
                        .defaultValue("true")
                        .fallbackValue("true")
                        .type(boolean.class)
                        .description(
                                "Keeps the images too (default); --no-keep-images removes them.")
                        .build());
        ChangeCall.describeLock(spec);
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        Path base = SiteLoader.base(arguments);
        String project = project(arguments, base);
        Path directory = base.resolve(Layout.PARENT).resolve(project);
        List<String> removed = remove(project, directory, arguments);
        removed.forEach(thing -> console.answer("removed " + thing));
        if (!arguments.matchedOptionValue("--keep-images", true)) {
            images.removeAll().forEach(image -> console.answer("removed image " + image));
        }
        console.answer(
                removed.isEmpty()
                        ? "Nothing of site " + project + " was here."
                        : "Site " + project + " is down. Its certificates stay in " + directory);
        return ExitCode.OK;
    }

    /// Not while somebody changes the site; one that was never brought up here has nothing to lock.
    private List<String> remove(String project, Path directory, ParseResult arguments) {
        if (!Files.isDirectory(directory)) {
            return removal.remove(project, directory);
        }
        return changes.alone(
                project,
                new SiteDirectory(directory),
                name(),
                ChangeCall.force(arguments),
                () -> removal.remove(project, directory));
    }

    /// The project's name from the site file, or, when that is wrong, from what runs.
    private String project(ParseResult arguments, Path base) {
        try {
            return SiteLoader.load(arguments).site().name();
        } catch (SiteLoader.WrongSite | Stop e) {
            List<String> running = removal.projects(base);
            if (running.size() == 1) {
                console.remark(e.getMessage() + "; taking down what runs: " + running.getFirst());
                return running.getFirst();
            }
            throw e;
        }
    }
}
