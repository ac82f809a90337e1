package dev.tandem.docker;

import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/// The engines that the nodes of one site are on: one for each of its machines, or the only one.
///
/// Who has something to do with a node asks for its engine by the node's name in the site file. A
/// container is never looked for: there may be two of one name, and an engine that is silent may
/// have it (docs/decisions/0040-many-engines.md).
public final class SiteEngines {
    /// ENOSPC, in the words of the engine.
    private static final String NO_SPACE = "no space left on device";

    private final Site site;
    private final Docker own;
    private final SequencedMap<String, CompletableFuture<Reached>> machines;
    private final List<String> away;

    /// @param away those of the machines that are said to be away
    SiteEngines(
            Site site,
            Docker own,
            SequencedMap<String, CompletableFuture<Reached>> machines,
            List<String> away) {
        this.site = site;
        this.own = own;
        this.machines = machines;
        this.away = List.copyOf(away);
    }

    /// The same for another state of the site: its nodes may stand elsewhere.
    public SiteEngines as(Site other) {
        return new SiteEngines(other, own, machines, away);
    }

    /// One engine, for a site without machines.
    public static SiteEngines only(Site site, Docker own) {
        if (site.hasMachines()) {
            throw new IllegalArgumentException("a site over machines has more than one engine");
        }
        return new SiteEngines(site, own, new LinkedHashMap<>(), List.of());
    }

    /// The engine of a site without machines; empty when it has some.
    public Optional<Docker> only() {
        return machines.isEmpty() ? Optional.of(own) : Optional.empty();
    }

    /// The names of its machines, in the order of the file.
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    /// Those that the operator says are away: nothing is asked of them, or done there.
    public List<String> away() {
        return away;
    }

    /// The engine that a node is to be on.
    ///
    /// @param node a balancer, or a web server that Tandem runs
    /// @throws dev.tandem.model.Stop when it cannot be reached, with the reason
    /// @throws IllegalArgumentException when the site has no such node
    public Docker of(String node) {
        if (!site.services().contains(node)) {
            throw new IllegalArgumentException("no node of site " + site.name() + ": " + node);
        }
        String machine = site.places().get(node);
        return machine == null ? own : on(machine);
    }

    /// The engine of what is known by its machine, as `m1/lan-route` is, or else of a node; of what
    /// the site does not know, the only one.
    ///
    /// @throws dev.tandem.model.Stop when it cannot be reached, with the reason
    public Docker at(String known) {
        int machine = known.indexOf('/');
        if (machine > 0) {
            return on(known.substring(0, machine));
        }
        return machines.isEmpty() ? own : of(known);
    }

    /// The engine of a machine.
    ///
    /// @throws dev.tandem.model.Stop when it cannot be reached, with the reason
    public Docker on(String machine) {
        return new Docker(runner(machine));
    }

    /// The way to the engine of a machine.
    ///
    /// @throws dev.tandem.model.Stop when it cannot be reached, with the reason
    Runner runner(String machine) {
        return switch (way(machine).join()) {
            case Tunnel tunnel -> new ThroughTunnel(tunnel);
            case Reached.Direct(Runner runner) -> runner;
            case Unreachable why -> throw why.stop();
        };
    }

    /// The same without machines that have gone away meanwhile.
    public SiteEngines without(List<Unreachable> lost) {
        List<String> all = new ArrayList<>(away);
        lost.forEach(one -> all.add(one.machine()));
        return new SiteEngines(site, own, machines, all);
    }

    /// Asks each machine that is not said to be away: those that do not answer now.
    public List<Unreachable> lost() {
        return machines.keySet().stream()
                .filter(name -> !away.contains(name))
                .flatMap(name -> lost(name).stream())
                .toList();
    }

    /// Asks a machine: why it does not answer now; empty when it does.
    Optional<Unreachable> lost(String machine) {
        return switch (way(machine).join()) {
            case Unreachable why -> Optional.of(why);
            case Tunnel tunnel -> tunnel.silence();
            case Reached.Direct(Runner runner) -> lost(machine, runner);
        };
    }

    private Optional<Unreachable> lost(String machine, Runner runner) {
        try {
            return new Docker(runner).engineVersion().isPresent()
                    ? Optional.empty()
                    : Optional.of(silent(machine, Unreachable.Why.ENGINE_DOWN, "no answer"));
        } catch (Stop stop) {
            return Optional.of(silent(machine, Unreachable.Why.ENGINE_HANGS, stop.seen()));
        }
    }

    /// Why a machine cannot be reached; empty when it can.
    public Optional<Unreachable> trouble(String machine) {
        return way(machine).join() instanceof Unreachable why ? Optional.of(why) : Optional.empty();
    }

    /// Why a machine is silent that was reached: what its tunnel has to say of it, else what was
    /// seen by whom it did not answer.
    ///
    /// @param why the kind of reason, if nothing better is known
    public Unreachable silent(String machine, Unreachable.Why why, String seen) {
        Unreachable.Why kind = seen.contains(NO_SPACE) ? Unreachable.Why.DISK_FULL : why;
        return switch (way(machine).join()) {
            case Unreachable unreachable -> unreachable;
            case Tunnel tunnel ->
                    tunnel.silence().orElseGet(() -> SshWords.said(tunnel.machine(), kind, seen));
            case Reached.Direct _ -> new Unreachable(machine, kind, seen, next(machine, kind));
        };
    }

    private String next(String machine, Unreachable.Why why) {
        return why == Unreachable.Why.DISK_FULL
                ? "on %s: df -h / /var/lib/docker".formatted(machine)
                : next(machine);
    }

    private String next(String machine) {
        return site.machines().stream()
                .filter(one -> one.name().equals(machine))
                .map(one ->
                        one.reach() instanceof Reach.Context(String name)
                                ? "docker --context " + name + " info"
                                : "docker info")
                .findFirst()
                .orElse("tandem status");
    }

    private CompletableFuture<Reached> way(String machine) {
        CompletableFuture<Reached> way = machines.get(machine);
        if (way == null) {
            throw new IllegalArgumentException(
                    "no machine of site " + site.name() + ": " + machine);
        }
        return way;
    }
}
