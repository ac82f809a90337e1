package dev.tandem.cli;

import dev.tandem.docker.Beside;
import dev.tandem.docker.ClockSeen;
import dev.tandem.docker.Docker;
import dev.tandem.docker.LogPart;
import dev.tandem.docker.LogPart.Which;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/// The logs of a site over machines. What exists is merged by time, as each engine has written it;
/// what is followed is shown as it arrives. A silent machine is named, and the rest is shown.
///
/// @param console where it is shown
/// @param engines those of the site
/// @param site the site
/// @param json whether the answer is for a program
/// @param clock that of this machine
record MergedLogs(
        Console console, SiteEngines engines, Site site, boolean json, InstantSource clock) {

    /// Shows them; whether all machines had an answer.
    boolean show(LogPart part) {
        List<LogLine> lines = Collections.synchronizedList(new ArrayList<>());
        List<String> machines = machines(part);
        boolean all = read(machines, part, lines);
        lines.sort(Comparator.comparing(line -> OffsetDateTime.parse(line.time()).toInstant()));
        lines.forEach(this::show);
        return all;
    }

    /// That of a node, or all: each has its own `lan-route`.
    private List<String> machines(LogPart part) {
        List<String> its =
                part.services().stream()
                        .flatMap(node -> Stream.ofNullable(site.places().get(node)))
                        .toList();
        return its.isEmpty() ? engines.machines() : its;
    }

    /// All at the same time: each may go on for ever.
    private boolean read(List<String> machines, LogPart part, List<LogLine> lines) {
        try (ExecutorService threads = Beside.each()) {
            CompletableFuture<Void> clocks =
                    CompletableFuture.runAsync(() -> clocks(machines, threads), threads);
            List<CompletableFuture<Boolean>> asked =
                    machines.stream()
                            .map(machine ->
                                    CompletableFuture.supplyAsync(
                                            () -> read(machine, part, lines), threads))
                            .toList();
            boolean all =
                    asked.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
            clocks.join();
            return all;
        }
    }

    /// Times are merged as each engine wrote them: whoever reads them has to know how far its clock
    /// is from the others' (docs/decisions/0042-between-machines.md).
    private void clocks(List<String> machines, Executor threads) {
        if (machines.size() < 2) {
            return;
        }
        SequencedMap<String, CompletableFuture<Optional<ClockSeen>>> asked = new LinkedHashMap<>();
        machines.forEach(machine ->
                asked.put(machine, CompletableFuture.supplyAsync(() -> clockOf(machine), threads)));
        SequencedMap<String, ClockSeen> seen = new LinkedHashMap<>();
        asked.forEach((machine, answer) -> answer.join().ifPresent(one -> seen.put(machine, one)));
        ClocksText.of(seen).ifPresent(this::remark);
    }

    /// That a machine is silent is said by who reads its log.
    private Optional<ClockSeen> clockOf(String machine) {
        try {
            return ClockSeen.ask(engines.on(machine), clock);
        } catch (Stop e) {
            return Optional.empty();
        }
    }

    private boolean read(String machine, LogPart part, List<LogLine> lines) {
        try {
            Docker docker = engines.on(machine);
            return docker.readTimedLogs(
                            site.name(), part, line -> take(machine, line, part.which(), lines))
                    == 0;
        } catch (Stop e) {
            remark("%s; seen: %s; next: %s".formatted(e.getMessage(), e.seen(), e.next()));
            return false;
        }
    }

    private void take(String machine, String shown, Which which, List<LogLine> lines) {
        LogLine.of(site.name(), shown)
                .ifPresentOrElse(
                        line -> {
                            switch (which) {
                                case SO_FAR -> lines.add(line);
                                case FOLLOWED -> show(line);
                            }
                        },
                        () -> remark(machine + ": " + shown));
    }

    private void remark(String words) {
        synchronized (console) {
            console.remark(words);
        }
    }

    private void show(LogLine line) {
        synchronized (console) {
            console.answer(json ? line.json() : padded(line));
        }
    }

    /// As Compose does it: all texts of a site begin in one column.
    private String padded(LogLine line) {
        String container = site.container(line.node());
        int width =
                Stream.concat(site.services().stream(), Stream.of(Role.LAN_ROUTE.word()))
                        .mapToInt(node -> site.container(node).length())
                        .max()
                        .orElse(0);
        return container
                + " ".repeat(Math.max(0, width - container.length()))
                + "  | "
                + line.text();
    }
}
