package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.LogPart;
import dev.tandem.docker.LogPart.Which;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/// `tandem logs`: what the nodes log, as Compose shows it.
public final class LogsVerb extends SiteVerb<LogsVerb.Asked> {
    private static final int LINES = 100;

    private final Console console;
    private final Fleet fleet;
    private final InstantSource clock;

    /// The options.
    ///
    /// @param node the node to show; empty: all
    /// @param lines how many of the last lines of each node; empty: not said
    /// @param since from when on, as typed
    /// @param json whether the answer is for a program
    public record Asked(
            Optional<String> node,
            OptionalInt lines,
            Optional<String> since,
            Which which,
            boolean json) {
        /// What was typed as `--since` asks for all lines from then on.
        String tail() {
            return lines.isPresent() || since.isEmpty()
                    ? Integer.toString(lines.orElse(LINES))
                    : LogPart.ALL;
        }
    }

    /// @param clock that of this machine
    public LogsVerb(Console console, Fleet fleet, InstantSource clock) {
        this.console = console;
        this.fleet = fleet;
        this.clock = clock;
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
        Option<Optional<String>> since =
                options.text("TIME", "Lines since then: 10m, or 2026-11-22T17:00:01Z.", "--since");
        Option<Boolean> json =
                options.flag("Prints JSON, for programs: an object for each line.", "--json");
        Option<Optional<String>> node =
                options.optionalArgument("NODE", "A balancer, or a web server that Tandem runs.");
        return given ->
                new Asked(
                        node.in(given).filter(name -> !name.isEmpty()),
                        lines.in(given),
                        since.in(given),
                        follow.in(given) ? Which.FOLLOWED : Which.SO_FAR,
                        json.in(given));
    }

    @Override
    public List<String> candidates(Supplier<Site> site) {
        List<String> services = new ArrayList<>(site.get().services());
        services.add(Role.LAN_ROUTE.word());
        return services;
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
        List<String> services = candidates(site::site);
        if (asked.node().isPresent() && !services.contains(asked.node().get())) {
            console.remark(
                    "tandem: no node '%s' in site %s"
                            .formatted(asked.node().get(), site.site().name()));
            console.remark("  next:  tandem logs " + String.join(" | ", services));
            return ExitCode.USAGE;
        }
        Optional<String> since = asked.since().flatMap(Since::read);
        if (asked.since().isPresent() && since.isEmpty()) {
            console.remark("tandem: --since %s is no time".formatted(asked.since().get()));
            console.remark("  next:  tandem logs --since 10m, or 1h30m, or 2026-11-22T17:00:01Z");
            return ExitCode.USAGE;
        }
        LogPart part =
                new LogPart(asked.node().stream().toList(), asked.tail(), since, asked.which());
        return show(site.site(), part, asked.json()) ? ExitCode.OK : ExitCode.ENVIRONMENT;
    }

    private boolean show(Site site, LogPart part, boolean json) {
        SiteEngines engines = fleet.of(site);
        return engines.only()
                .map(docker -> show(docker, site.name(), part, json) == 0)
                .orElseGet(() -> new MergedLogs(console, engines, site, json, clock).show(part));
    }

    private int show(Docker docker, String site, LogPart part, boolean json) {
        return json
                ? docker.readTimedLogs(
                        site,
                        part,
                        line ->
                                LogLine.of(site, line)
                                        .map(LogLine::json)
                                        .ifPresentOrElse(
                                                console::answer, () -> console.remark(line)))
                : docker.readLogs(site, part, line -> show(line));
    }

    private void show(String line) {
        if (LogLine.isOne(line)) {
            console.answer(line);
        } else {
            console.remark(line);
        }
    }
}
