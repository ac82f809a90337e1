package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.docker.LogPart;
import dev.tandem.docker.LogPart.Which;
import dev.tandem.docker.SiteEngines;
import dev.tandem.evidence.Said;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Lines of the logs of all nodes, from all machines of a site. A silent machine is named, and the
/// rest is there.
///
/// @param console where a machine is named
/// @param engines those of the site
/// @param site the site
record NodeLines(Console console, SiteEngines engines, Site site) {

    /// Those that are wanted; logs may be long, the rest is not kept.
    ///
    /// @param since from when on, as Docker takes it
    List<Said> since(String since, Predicate<String> wanted) {
        LogPart part = new LogPart(List.of(), LogPart.ALL, Optional.of(since), Which.SO_FAR);
        List<Said> lines = new ArrayList<>();
        engines.only()
                .ifPresentOrElse(
                        docker -> read(docker, part, wanted, lines),
                        () ->
                                engines.machines()
                                        .forEach(machine -> read(machine, part, wanted, lines)));
        return lines;
    }

    private void read(String machine, LogPart part, Predicate<String> wanted, List<Said> lines) {
        try {
            read(engines.on(machine), part, wanted, lines);
        } catch (Stop e) {
            console.remark("%s; seen: %s; next: %s".formatted(e.getMessage(), e.seen(), e.next()));
        }
    }

    private void read(Docker docker, LogPart part, Predicate<String> wanted, List<Said> lines) {
        docker.readTimedLogs(
                site.name(),
                part,
                shown ->
                        LogLine.of(site.name(), shown)
                                .filter(line -> wanted.test(line.text()))
                                .flatMap(NodeLines::said)
                                .ifPresent(lines::add));
    }

    private static Optional<Said> said(LogLine line) {
        try {
            return Optional.of(
                    new Said(
                            line.node(),
                            OffsetDateTime.parse(line.time()).toInstant(),
                            line.text()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
