package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.model.Role;
import dev.tandem.prepare.SitePlace;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `tandem logs`: what the nodes log, as Compose shows it.
public final class LogsVerb implements Verb {
    private final Console console;
    private final Docker docker;

    public LogsVerb(Console console, Docker docker) {
        this.console = console;
        this.docker = docker;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String summary() {
        return "Shows the logs of a node, or of all.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--follow").description("Goes on as they come.").build());
        spec.addOption(
                OptionSpec.builder("-n", "--tail")
                        .paramLabel("LINES")
                        .type(int.class)
                        .description("How many of the last lines of each node (100).")
                        .build());
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .paramLabel("NODE")
                        .type(String.class)
                        .description("A balancer or a web server of ours.")
                        .build());
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        SitePlace target = SiteLoader.load(arguments);
        String node = arguments.matchedPositionalValue(0, "");
        List<String> services = new ArrayList<>(target.site().services());
        services.add(Role.LAN_ROUTE.word());
        if (!node.isEmpty() && !services.contains(node)) {
            console.remark("tandem: no node '" + node + "' in site " + target.site().name());
            console.remark("  next:  tandem logs " + String.join(" | ", services));
            return ExitCode.USAGE;
        }
        int lines = arguments.matchedOptionValue("--tail", 100);
        boolean follow = arguments.hasMatchedOption("--follow");
        int exit =
                docker.showLogs(
                        target.site().name(),
                        node.isEmpty() ? List.of() : List.of(node),
                        lines,
                        follow ? Docker.Logs.FOLLOWED : Docker.Logs.SO_FAR);
        return exit == 0 ? ExitCode.OK : ExitCode.ENVIRONMENT;
    }
}
