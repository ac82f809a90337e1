package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Pool;
import dev.tandem.model.Return;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The state that a site should reach.
///
/// @param site what the site file asks for
/// @param orders what operators ask for on top of it
/// @param stamps for every Compose service, the hash of what its container is made from
/// @param files SHA-256 of every file of the site's directory, by path, certificates included
/// @param loaded for every node, the hash of each part of its configuration, as the node reports it
/// @param images the image of each role; empty when none was noted
public record Wanted(
        Site site,
        Orders orders,
        SortedMap<String, String> stamps,
        SortedMap<String, String> files,
        Map<String, Map<Loadable, String>> loaded,
        Map<String, String> images) {
    /// How the engine starts every container of a site again: always, until somebody stops it.
    public static final String RESTART = "unless-stopped";

    public Wanted {
        images = Map.copyOf(images);
        stamps = Collections.unmodifiableSortedMap(new TreeMap<>(stamps));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        loaded = Map.copyOf(loaded);
    }

    /// A state for which no images were noted.
    public Wanted(
            Site site,
            Orders orders,
            SortedMap<String, String> stamps,
            SortedMap<String, String> files,
            Map<String, Map<Loadable, String>> loaded) {
        this(site, orders, stamps, files, loaded, Map.of());
    }

    /// Whether a container is made from what it should be made from.
    public boolean isMadeOf(String service, Seen.Box box) {
        return box.stamp().equals(stamps.get(service)) && !box.isOfAnotherImage();
    }

    /// How the engine starts a container again, if that is not as compose.yaml has it: after the
    /// machine was started, say, it would not come back. Empty when it is, when nobody looked, and
    /// when another container takes its place.
    public Optional<String> otherRestart(String service, Seen.Box box) {
        return box.restart()
                .filter(word -> !word.equals(RESTART))
                .filter(_ -> isMadeOf(service, box));
    }

    /// What a node should have loaded.
    public Map<Loadable, String> loaded(String node) {
        return loaded.getOrDefault(node, Map.of());
    }

    /// The parts of its configuration that a node has not loaded as wanted, in the order in which
    /// they are loaded. Plan and status both use this, so they cannot disagree.
    ///
    /// @param says what it reports as loaded; a part that it reports as impossible is not asked of
    ///   it again
    public List<Loadable> notLoaded(String node, Map<Loadable, String> says) {
        Map<Loadable, String> should = loaded(node);
        List<Loadable> parts = isBalancer(node) ? Loadable.ofBalancer() : Loadable.ofWebServer();
        return parts.stream()
                .filter(should::containsKey)
                .filter(part -> !Objects.equals(should.get(part), says.get(part)))
                .filter(part -> !Loadable.IMPOSSIBLE.equals(says.get(part)))
                .toList();
    }

    /// Whether it is a balancer of the site.
    boolean isBalancer(String node) {
        return site.balancers().stream().anyMatch(b -> b.name().equals(node));
    }

    /// Whether it is a web server of the site.
    boolean isServer(String name) {
        return site.allServers().stream().anyMatch(s -> s.name().equals(name));
    }

    /// The balancer that should hold the VIP: the first in the file that serves, or else the first
    /// that yields; empty when all are in maintenance. Where the VIP does not return, one that has
    /// it and is no worse by its duty.
    Optional<String> home(Optional<String> holder) {
        Optional<String> first = first(Duty.SERVE).or(() -> first(Duty.YIELD));
        Optional<Duty> duty = holder.filter(this::isBalancer).map(orders::duty);
        boolean stays =
                site.vip().returns() == Return.NEVER && duty.equals(first.map(orders::duty));
        return stays && first.isPresent() ? holder : first;
    }

    /// The web servers that should get requests.
    public List<String> readyServers() {
        return site.allServers().stream()
                .map(Server::name)
                .filter(name -> orders.server(name).state() == ServerOrder.State.READY)
                .toList();
    }

    /// Whether it has a server of this name that should get requests or, of a TCP service,
    /// connections.
    public boolean isReady(String server) {
        return site.namesOfServers().contains(server)
                && orders.server(server).state() == ServerOrder.State.READY;
    }

    /// Those that can stand in for a web server: of all those that are in the site, the ones of its
    /// pool.
    Predicate<String> poolOf(String server) {
        List<Pool> others = site.pools().stream().filter(pool -> !pool.has(server)).toList();
        return others.size() == site.pools().size()
                ? _ -> true
                : name -> others.stream().noneMatch(pool -> pool.has(name));
    }

    private Optional<String> first(Duty duty) {
        return site.balancers().stream()
                .map(Balancer::name)
                .filter(name -> orders.duty(name) == duty)
                .findFirst();
    }

    /// The files that belong to a node: its directory, and its part of `tls/`.
    public List<String> filesOf(String node) {
        return files.keySet().stream().filter(path -> belongs(path, node)).toList();
    }

    /// Whether a file of the site's directory belongs to a node. Over machines, what lies on its
    /// own does, and what that is a copy of.
    public boolean belongs(String path, String node) {
        String certificates = Layout.Tls.path(isBalancer(node) ? Layout.Tls.BALANCERS : node);
        if (Layout.isIn(certificates, path)) {
            return true;
        }
        if (!site.hasMachines()) {
            return Layout.isIn(node, path);
        }
        String there = Layout.there(path);
        return Layout.machineOf(path).equals(machine(node))
                && (Layout.isIn(node, there) || Layout.isIn(certificates, there));
    }

    /// The machine that a node is to be on; empty for a site without machines.
    public Optional<String> machine(String node) {
        return site.hasMachines() ? Optional.ofNullable(site.places().get(node)) : Optional.empty();
    }

    /// Where a file of a node lies in the site's directory.
    ///
    /// @param path as {@link Layout} has it
    public String at(String node, String path) {
        return Layout.placed(machine(node), path);
    }
}
