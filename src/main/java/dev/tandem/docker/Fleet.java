package dev.tandem.docker;

import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// The machines of sites, each reached once for as long as a verb takes.
///
/// All of a site's machines are opened at the same time and in the background, so whoever needs one
/// waits for that one alone.
public final class Fleet implements AutoCloseable {
    private static final Executor BACKGROUND = Thread::startVirtualThread;

    private final Runner own;
    private final Function<Machine, Reached> ways;
    private final Map<Machine, CompletableFuture<Reached>> opened = new LinkedHashMap<>();

    /// @param own the engine that the user's `docker` talks to
    public Fleet(Runner own) {
        this(own, machine -> way(machine, own));
    }

    /// @param ways how a machine is reached
    public Fleet(Runner own, Function<Machine, Reached> ways) {
        this.own = own;
        this.ways = ways;
    }

    private static Reached way(Machine machine, Runner own) {
        return switch (machine.reach()) {
            case Reach.Ssh ssh -> Tunnel.open(remote(machine.name(), ssh), Tunnel.SSH);
            case Reach.Context(String name) ->
                    new Reached.Direct(new InContext(name, new Processes()));
            case Reach.Here() -> new Reached.Direct(own);
        };
    }

    /// As ssh takes it. A port can only be said in the form of an address.
    static Remote remote(String name, Reach.Ssh ssh) {
        String place = ssh.user() + "@" + ssh.place();
        boolean usual = ssh.port() == Reach.Ssh.USUAL_PORT;
        return new Remote(name, usual ? place : "ssh://" + place);
    }

    /// The engines of a site. Nothing is asked of any of them yet.
    public synchronized SiteEngines of(Site site) {
        SequencedMap<String, CompletableFuture<Reached>> machines = new LinkedHashMap<>();
        for (Machine machine : site.machines()) {
            machines.put(
                    machine.name(),
                    opened.computeIfAbsent(
                            machine,
                            one ->
                                    CompletableFuture.supplyAsync(
                                            () -> ways.apply(one), BACKGROUND)));
        }
        return new SiteEngines(site, new Docker(own), machines);
    }

    /// Ends all tunnels.
    @Override
    public synchronized void close() {
        for (CompletableFuture<Reached> one : opened.values()) {
            if (one.join() instanceof Tunnel tunnel) {
                tunnel.close();
            }
        }
    }
}
