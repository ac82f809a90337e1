package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.MachinesLook.Depth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes snapshots. All balancers are asked at once, and they ask the site's own web servers: a
/// command in a container costs 0.2 s of processor time, and a hundred at once answer too late.
/// Only web servers that no balancer heard are asked that way, some at a time.
///
/// Over several machines, all of them are asked at once as well; each has a limit of its own.
public final class Observer {
    /// Commands in containers at a time, on one engine.
    static final int AT_ONCE = 8;

    /// How long a machine may take after it was reached.
    private static final Duration MACHINE = Duration.ofSeconds(5);

    private final Function<Site, SiteEngines> engines;
    private final Duration limit;
    private final InstantSource clock;

    /// Looks at the engines that a site stands on.
    ///
    /// @param clock this machine's: an answer that is old is not believed
    public Observer(Fleet fleet, InstantSource clock) {
        this(fleet, MACHINE, clock);
    }

    /// @param limit how long a machine may take after it was reached
    Observer(Fleet fleet, Duration limit, InstantSource clock) {
        this.engines = fleet::of;
        this.limit = limit;
        this.clock = clock;
    }

    /// Looks at one engine: for sites without machines.
    public Observer(Docker docker, InstantSource clock) {
        this.engines = site -> SiteEngines.only(site, docker);
        this.limit = MACHINE;
        this.clock = clock;
    }

    /// Takes a snapshot now. The balancers are asked without waiting for the list of containers:
    /// one that is not running is silent. Web servers are not asked: the balancers see how they
    /// serve.
    public Snapshot look(Site site) {
        return only(site)
                .map(look -> seen(look.ask(site.balancers(), List.of())))
                .orElseGet(() -> overMachines(site, Depth.BALANCERS));
    }

    /// The same, and asks the site's own web servers which files they run, and the engine which
    /// containers are attached to the site's networks, and which of them it starts again. Waits do
    /// not need that.
    public Snapshot lookAtAll(Site site) {
        return only(site).map(Observer::lookAtAll).orElseGet(() -> overMachines(site, Depth.ALL));
    }

    /// The same, and the balancers are asked that run and that the site no longer has: until they
    /// leave, one of them may hold the VIP.
    public Snapshot lookAtLeaving(Site site) {
        return only(site)
                .map(Observer::lookAtLeaving)
                .orElseGet(() -> overMachines(site, Depth.LEAVING));
    }

    private Optional<EngineLook> only(Site site) {
        return engines.apply(site).only().map(docker -> new EngineLook(docker, site, clock));
    }

    private Snapshot overMachines(Site site, Depth depth) {
        return new MachinesLook(engines.apply(site), site, limit, depth, clock).look();
    }

    private static Snapshot lookAtAll(EngineLook look) {
        List<Server.Own> servers = look.site().ownServers();
        EngineLook.Heard heard = look.askAll(look.site().balancers(), servers);
        Snapshot seen = seen(heard);
        Map<String, OwnServerSeen> ownServers = new LinkedHashMap<>(heard.ownServers());
        ownServers.putAll(look.askServers(seen.containers(), heard.unheard(servers)));
        return new Snapshot(
                seen.containers(),
                seen.balancers(),
                ownServers,
                Optional.of(heard.engine().attached()),
                heard.engine().restart());
    }

    private static Snapshot lookAtLeaving(EngineLook look) {
        Snapshot seen = lookAtAll(look);
        Map<String, BalancerSeen> balancers = new LinkedHashMap<>(seen.balancers());
        List<String> kept = look.site().balancers().stream().map(Balancer::name).toList();
        balancers.putAll(look.leaving(seen.containers().values(), kept::contains));
        return seen.with(balancers);
    }

    private static Snapshot seen(EngineLook.Heard heard) {
        Map<String, Container> containers =
                heard.containers().stream()
                        .collect(
                                Collectors.toMap(
                                        Container::service, Function.identity(), (a, _) -> a));
        return new Snapshot(containers, heard.balancers(), heard.ownServers());
    }
}
