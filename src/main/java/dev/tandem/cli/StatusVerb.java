package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.docker.Await;
import dev.tandem.health.Health;
import dev.tandem.prepare.SitePlace;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem status`: who is master, who holds the VIP, each web server as each balancer sees it, and
/// whether what runs is what the file asks for.
public final class StatusVerb implements Verb {
    private static final Duration WATCHED_FOR = Duration.ofDays(1);

    /// How the answer is written.
    private enum Form {
        TEXT,
        JSON
    }

    private final Console console;
    private final Inspection inspection;
    private final LeftFaults left;
    private final Await await;

    public StatusVerb(Console console, Inspection inspection, LeftFaults left, Await await) {
        this.console = console;
        this.inspection = inspection;
        this.left = left;
        this.await = await;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Who is master, who holds the VIP, who serves. Exit code 1 when not all is well.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--json").description("As JSON, for programs.").build());
        spec.addOption(
                OptionSpec.builder("--watch")
                        .description("Again and again, until interrupted.")
                        .build());
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        SitePlace target = SiteLoader.load(arguments);
        left.heal(target);
        Form form = arguments.hasMatchedOption("--json") ? Form.JSON : Form.TEXT;
        if (!arguments.hasMatchedOption("--watch")) {
            return show(target, form);
        }
        await.until(
                WATCHED_FOR,
                () -> {
                    console.refresh();
                    show(target, form);
                    return Optional.empty();
                });
        return ExitCode.OK;
    }

    private ExitCode show(SitePlace target, Form form) {
        Health health = Health.of(inspection.look(target));
        console.answer(form == Form.JSON ? StatusJson.of(health) : StatusText.of(health));
        return health.good() ? ExitCode.OK : ExitCode.NO;
    }
}
