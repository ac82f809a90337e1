package dev.tandem.cli;

import dev.tandem.change.SiteLock;
import dev.tandem.deploy.Deployment;
import dev.tandem.deploy.SiteDirectory;
import dev.tandem.deploy.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem render`: writes the site's directory, from which plain `docker compose up -d` works.
public final class RenderVerb implements Verb {
    private final Console console;
    private final Deployment deployment;
    private final Clock clock;

    public RenderVerb(Console console, Deployment deployment, Clock clock) {
        this.console = console;
        this.deployment = deployment;
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
        Target target = SiteLoader.load(arguments);
        String output = arguments.matchedOptionValue("--output", "");
        if (!output.isEmpty()) {
            SiteDirectory elsewhere = new SiteDirectory(Path.of(output).toAbsolutePath());
            target = new Target(target.site(), target.base(), elsewhere);
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
    private List<String> written(Target target) {
        if (!target.inItsPlace()) {
            return deployment.render(target);
        }
        try (SiteLock _ = SiteLock.toWrite(target.directory(), name(), clock)) {
            return deployment.render(target);
        }
    }
}
