package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// `tandem logs`: what the nodes log, as Compose shows it.
public final class LogsVerb extends SiteVerb<LogsVerb.Asked> {
    private static final int LINES = 100;

    private final Console console;
    private final Docker docker;

    /// The options.
    ///
    /// @param node the node to show; empty: all
    /// @param lines how many of the last lines of each node
    public record Asked(Optional<String> node, int lines, Docker.Logs logs) {}

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
        return "Shows the logs of one node, or of all.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> follow = options.flag("Keeps showing new lines.", "--follow");
        Option<OptionalInt> lines =
                options.number(
                        "LINES",
                        "How many lines to show from the end of each log (" + LINES + ").",
                        "-n",
                        "--tail");
        Option<Optional<String>> node =
                options.optionalArgument("NODE", "A balancer, or a web server that Tandem runs.");
        return given ->
                new Asked(
                        node.in(given).filter(name -> !name.isEmpty()),
                        lines.in(given).orElse(LINES),
                        follow.in(given) ? Docker.Logs.FOLLOWED : Docker.Logs.SO_FAR);
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    boolean isForEverybody() {
        return true;
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        List<String> services = new ArrayList<>(site.site().services());
        services.add(Role.LAN_ROUTE.word());
        if (asked.node().isPresent() && !services.contains(asked.node().get())) {
            console.remark(
                    "tandem: no node '%s' in site %s"
                            .formatted(asked.node().get(), site.site().name()));
            console.remark("  next:  tandem logs " + String.join(" | ", services));
            return ExitCode.USAGE;
        }
        int exit =
                docker.showLogs(
                        site.site().name(),
                        asked.node().stream().toList(),
                        asked.lines(),
                        asked.logs());
        return exit == 0 ? ExitCode.OK : ExitCode.ENVIRONMENT;
    }
}
