package dev.tandem.docker;

import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final Duration QUICK = Duration.ofSeconds(3);

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
            case Reach.Context(String name) -> inContext(machine.name(), name, new Processes());
            case Reach.Here() -> Watched.open(own, machine.name(), "docker info");
        };
    }

    /// A context that leads through ssh gets a tunnel, too: the client's own ssh would ask on the
    /// terminal, and wait for a minute.
    private static Reached inContext(String machine, String context, Runner local) {
        String host = "{{.Endpoints.docker.Host}}";
        List<String> inspect = List.of("docker", "context", "inspect", "--format", host, context);
        return Remote.of(local.run(Command.of(QUICK, inspect)).stdout().strip())
                .map(there -> Tunnel.open(new Remote(machine, there.ssh()), Tunnel.SSH))
                .orElseGet(() ->
                        Watched.open(
                                new InContext(context, local),
                                machine,
                                "docker --context " + context + " info"));
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
