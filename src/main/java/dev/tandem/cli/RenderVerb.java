package dev.tandem.cli;

import dev.tandem.change.state.SiteLock;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem render`: writes the site's directory, from which plain `docker compose up -d` works.
public final class RenderVerb implements Verb {
    private final Console console;
    private final Preparation preparation;
    private final Clock clock;

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
        return "Writes the files of the site without starting anything.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-o", "--output")
                        .paramLabel("DIR")
                        .type(String.class)
                        .description("Where to (.tandem/SITE beside the site file).")
                        .build());
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        SitePlace target = SiteLoader.load(arguments);
        String output = arguments.matchedOptionValue("--output", "");
        if (!output.isEmpty()) {
            SiteDirectory elsewhere = new SiteDirectory(Path.of(output).toAbsolutePath());
            target = new SitePlace(target.site(), target.base(), elsewhere);
        } else {
            target.directory().keepOutOfGit();
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

    /// Not while somebody changes the site: containers read what lies in its place.
    private List<String> written(SitePlace target) {
        if (!target.inItsPlace()) {
            return preparation.render(target);
        }
        try (SiteLock _ = SiteLock.toWrite(target.directory(), name(), clock)) {
            return preparation.render(target);
        }
    }
}
