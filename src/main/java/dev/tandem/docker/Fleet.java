package dev.tandem.docker;

import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The machines of sites, each reached once for as long as a verb takes.
///
/// All of a site's machines are opened at the same time and in the background, so whoever needs one
/// waits for that one alone.
public final class Fleet implements AutoCloseable {
    private static final Executor BACKGROUND = Beside::begin;
    private static final Duration QUICK = Duration.ofSeconds(3);

    private final Runner own;
    private final BiFunction<Machine, List<String>, Reached> ways;
    private final Map<Machine, CompletableFuture<Reached>> opened = new LinkedHashMap<>();
    private final Map<String, List<Machine>> left = new HashMap<>();
    private final Map<String, List<String>> away = new HashMap<>();

    /// @param own the engine that the user's `docker` talks to
    public Fleet(Runner own) {
        this(own, (machine, ports) -> way(machine, ports, own));
    }

    /// @param ways how a machine is reached
    public Fleet(Runner own, Function<Machine, Reached> ways) {
        this(own, (machine, _) -> ways.apply(machine));
    }

    /// @param ways how a machine is reached, and which ports of its networks
    private Fleet(Runner own, BiFunction<Machine, List<String>, Reached> ways) {
        this.own = own;
        this.ways = ways;
    }

    /// Where no engine is, `up` sets one up, as far as it comes there.
    private static Reached way(Machine machine, List<String> ports, Runner own) {
        Optional<Remote> remote = remote(machine);
        Reached way =
                remote.map(there -> Tunnel.open(there, Tunnel.SSH, ports))
                        .orElseGet(() -> watched(machine, own));
        boolean comes = remote.isPresent() || machine.reach() instanceof Reach.Here;
        return comes && way instanceof Unreachable why && why.why().isNoEngine()
                ? why.with("tandem up")
                : way;
    }

    private static Reached watched(Machine machine, Runner own) {
        return machine.reach() instanceof Reach.Context(String context)
                ? Watched.open(
                        new InContext(context, new Processes()),
                        machine.name(),
                        "docker --context " + context + " info")
                : Watched.open(own, machine.name(), "docker info");
    }

    /// A machine that is reached by ssh; empty when it is another way. A context may lead through
    /// ssh, too: the client's own ssh would ask on the terminal, and wait for a minute.
    public static Optional<Remote> remote(Machine machine) {
        return switch (machine.reach()) {
            case Reach.Ssh ssh -> Optional.of(remote(machine.name(), ssh));
            case Reach.Context(String context) -> {
                String host = "{{.Endpoints.docker.Host}}";
                List<String> inspect =
                        List.of("docker", "context", "inspect", "--format", host, context);
                yield Remote.of(new Processes().run(Command.of(QUICK, inspect)).stdout().strip())
                        .map(there -> new Remote(machine.name(), there.ssh()));
            }
            case Reach.Here() -> Optional.empty();
        };
    }

    /// As ssh takes it. A port can only be said in the form of an address.
    static Remote remote(String name, Reach.Ssh ssh) {
        String place = ssh.user() + "@" + ssh.place();
        boolean usual = ssh.port() == Reach.Ssh.USUAL_PORT;
        return new Remote(name, usual ? place : "ssh://" + place);
    }

    /// The engine that the user's `docker` talks to.
    public Docker own() {
        return new Docker(own);
    }

    /// The way to it.
    Runner ownRunner() {
        return own;
    }

    /// The machines that a site leaves: as long as this verb takes they are asked, too, after its
    /// own, so that nothing of it is overlooked there.
    ///
    /// @param site its name
    public synchronized void leaving(String site, List<Machine> machines) {
        left.put(site, List.copyOf(machines));
    }

    /// The machines of a site that the operator says are away, as long as this verb takes.
    ///
    /// @param site its name
    public synchronized void away(String site, List<String> machines) {
        away.put(site, List.copyOf(machines));
    }

    /// The engines of a site. Nothing is asked of any of them yet.
    public synchronized SiteEngines of(Site site) {
        SequencedMap<String, CompletableFuture<Reached>> machines = new LinkedHashMap<>();
        if (site.hasMachines()) {
            site.machines().forEach(one -> machines.put(one.name(), opened(one, ports(site, one))));
            left.getOrDefault(site.name(), List.of())
                    .forEach(one -> machines.computeIfAbsent(one.name(), _ -> leaving(one)));
        }
        return new SiteEngines(
                site, new Docker(own), machines, away.getOrDefault(site.name(), List.of()));
    }

    /// Reaches a machine anew when it is next needed: it was away and may be back, or something has
    /// been done about why it was not reached.
    public synchronized void again(Machine machine) {
        CompletableFuture<Reached> before = opened.remove(machine);
        if (before != null && before.join() instanceof Tunnel tunnel) {
            tunnel.close();
        }
    }

    /// The health ports of the balancers on a machine, where they speak for themselves.
    private static List<String> ports(Site site, Machine machine) {
        return site.balancersOn(machine.name()).stream()
                .map(one -> one.address() + ":" + site.listen().health())
                .toList();
    }

    /// No engine is set up where the site goes away.
    private static Reached left(Reached way) {
        return way instanceof Unreachable why && why.why().isNoEngine()
                ? why.with(
                        "start its engine; if it stays off: the same command with --gone "
                                + why.machine())
                : way;
    }

    private CompletableFuture<Reached> leaving(Machine machine) {
        return opened(machine, List.of()).thenApply(Fleet::left);
    }

    private CompletableFuture<Reached> opened(Machine machine, List<String> ports) {
        return opened.computeIfAbsent(
                machine,
                one -> CompletableFuture.supplyAsync(() -> ways.apply(one, ports), BACKGROUND));
    }

    /// Ends all tunnels.
    @Override
    public synchronized void close() {
        List<Tunnel> tunnels =
                opened.values().stream()
                        .map(CompletableFuture::join)
                        .filter(Tunnel.class::isInstance)
                        .map(Tunnel.class::cast)
                        .toList();
        tunnels.forEach(Tunnel::leave);
        tunnels.forEach(Tunnel::close);
    }
}
