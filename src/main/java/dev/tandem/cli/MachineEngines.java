package dev.tandem.cli;

import dev.tandem.change.carry.Away;
import dev.tandem.docker.FarSetup;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Look;
import dev.tandem.docker.Remote;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.EachMachine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Makes sure that a Docker engine answers on each machine of a site where ssh does. The script
/// that does it on one machine ({@link EngineSetup}) is sent to the others and runs there.
public final class MachineEngines {
    private final Console console;
    private final Fleet fleet;
    private final EngineSetup here;
    private final FarSetup there;
    private final Path home;

    /// @param here the engine of this machine
    /// @param there those of others
    /// @param home Tandem's own directory
    public MachineEngines(
            Console console, Fleet fleet, EngineSetup here, FarSetup there, Path home) {
        this.console = console;
        this.fleet = fleet;
        this.here = here;
        this.there = there;
        this.home = home;
    }

    /// Asks, and sets up what is missing. Empty when that is done, otherwise the exit code to end
    /// with; why was said.
    ///
    /// @param away machines that need not answer
    /// @throws Stop when it cannot be done, or failed
    Optional<ExitCode> ensure(Site site, EngineSetup.Consent consent, Away away) {
        boolean isHere =
                site.machines().stream().anyMatch(one -> one.reach() instanceof Reach.Here);
        Optional<ExitCode> ended = isHere ? here.ensure(consent) : here.ensureClient(consent);
        if (ended.isPresent()) {
            return ended;
        }
        MissingEngines missing = missing(site, away);
        if (missing.machines().isEmpty()) {
            return Optional.empty();
        }
        missing.refuseWhereItCannotBe();
        console.remark(missing.text("to be done there"));
        if (consent == EngineSetup.Consent.TO_BE_ASKED) {
            if (!console.isAnswered()) {
                throw missing.unasked();
            }
            if (!console.asks("Do it?")) {
                console.remark("Nothing was changed. When you want it: tandem up");
                return Optional.of(ExitCode.REFUSED);
            }
        }
        carryOut(site, missing);
        return Optional.empty();
    }

    /// Refuses, for a verb that changes nothing, with what `up` would do.
    ///
    /// @throws Stop when an engine is missing
    void refuseMissing(Site site, Away away) {
        MissingEngines missing = missing(site, away);
        if (!missing.machines().isEmpty()) {
            throw missing.proposal();
        }
    }

    private MissingEngines missing(Site site, Away away) {
        Map<String, Remote> ways = new LinkedHashMap<>();
        Map<String, Unreachable> whys = new LinkedHashMap<>();
        SiteEngines engines = fleet.of(site);
        for (Machine machine : site.machines()) {
            String name = machine.name();
            engines.trouble(name)
                    .filter(trouble -> trouble.why().isNoEngine())
                    .filter(_ -> !away.without().contains(name))
                    .ifPresent(trouble ->
                            Fleet.remote(machine)
                                    .ifPresent(way -> {
                                        ways.put(name, way);
                                        whys.put(name, trouble);
                                    }));
        }
        if (ways.isEmpty()) {
            return new MissingEngines(List.of(), home);
        }
        console.begin("looking at " + String.join(", ", ways.keySet()) + ", without an engine");
        Map<String, Look> looks =
                EachMachine.of(List.copyOf(ways.keySet()), name -> there.look(of(ways, name)));
        List<MissingEngines.Missing> all =
                looks.entrySet().stream()
                        .map(one ->
                                new MissingEngines.Missing(
                                        of(whys, one.getKey()),
                                        of(ways, one.getKey()),
                                        one.getValue()))
                        .toList();
        return reachedNow(site, new MissingEngines(all, home));
    }

    /// An engine that answers on its machine may have been about to start.
    private MissingEngines reachedNow(Site site, MissingEngines missing) {
        again(site, missing.answering());
        SiteEngines engines = fleet.of(site);
        return missing.without(
                missing.answering().stream()
                        .filter(name -> engines.trouble(name).isEmpty())
                        .toList());
    }

    private void carryOut(Site site, MissingEngines missing) {
        Map<String, MissingEngines.Missing> all = new LinkedHashMap<>();
        missing.machines().forEach(one -> all.put(one.name(), one));
        Map<String, Optional<String>> failed =
                EachMachine.of(
                        List.copyOf(all.keySet()),
                        name -> {
                            console.begin("setting up an engine on " + name);
                            return there.carryOut(
                                    of(all, name).remote(),
                                    line -> of(all, name).news(line).ifPresent(console::remark));
                        });
        again(site, List.copyOf(all.keySet()));
        failed.forEach((name, why) ->
                why.ifPresent(seen -> {
                    throw MissingEngines.failed(of(all, name).remote(), seen);
                }));
    }

    private void again(Site site, List<String> names) {
        site.machines().stream().filter(one -> names.contains(one.name())).forEach(fleet::again);
    }

    private static <T> T of(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name));
    }
}
