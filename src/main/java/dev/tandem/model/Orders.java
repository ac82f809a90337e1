package dev.tandem.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What operators ask for by hand, on top of the site file: web servers that get fewer requests or
/// none, balancers that stand back. Orders outlive reloads, restarts and `up`, until they are taken
/// back.
///
/// Nodes that are not named here are as the site file says.
///
/// @param servers by name of the web server; {@link ServerOrder#READY} is left out
/// @param duties by name of the balancer; {@link Duty#SERVE} is left out
public record Orders(SortedMap<String, ServerOrder> servers, SortedMap<String, Duty> duties) {
    /// No orders.
    public static final Orders NONE = new Orders(new TreeMap<>(), new TreeMap<>());

    public Orders {
        servers = without(servers, ServerOrder.READY);
        duties = without(duties, Duty.SERVE);
    }

    /// The order for a web server.
    public ServerOrder server(String name) {
        return servers.getOrDefault(name, ServerOrder.READY);
    }

    /// The duty of a balancer.
    public Duty duty(String name) {
        return duties.getOrDefault(name, Duty.SERVE);
    }

    /// A copy with another order for one web server.
    public Orders with(String server, ServerOrder order) {
        TreeMap<String, ServerOrder> changed = new TreeMap<>(servers);
        changed.put(server, order);
        return new Orders(changed, duties);
    }

    /// A copy in which all web servers of a pool have this state; each keeps its weight.
    public Orders with(Pool pool, ServerOrder.State state) {
        Orders changed = this;
        for (Server one : pool.servers()) {
            int weight = server(one.name()).weight();
            changed = changed.with(one.name(), new ServerOrder(state, weight));
        }
        return changed;
    }

    /// Whether a pool is out of service as a whole.
    public boolean isOut(Pool pool) {
        return pool.servers().stream()
                .allMatch(one -> server(one.name()).state() == ServerOrder.State.MAINT);
    }

    /// A copy with another duty for one balancer.
    public Orders with(String balancer, Duty duty) {
        TreeMap<String, Duty> changed = new TreeMap<>(duties);
        changed.put(balancer, duty);
        return new Orders(servers, changed);
    }

    /// The orders that no node of this site can be given: those for a node that has left the file,
    /// and those for a web server that name a balancer, or the reverse, which version 0.1.0 could
    /// write.
    public Orders misplaced(Site site) {
        return new Orders(
                named(servers, name -> !site.namesOfServers().contains(name)),
                named(duties, name -> !balancers(site).contains(name)));
    }

    /// All the others. An order goes with its node: one that comes back under the same name is new.
    public Orders placed(Site site) {
        return new Orders(
                named(servers, site.namesOfServers()::contains),
                named(duties, balancers(site)::contains));
    }

    /// A copy with the orders of an earlier time for nodes that come back: those that a site does
    /// not have.
    public Orders returning(Orders earlier, Site without) {
        Orders back = earlier.misplaced(without);
        TreeMap<String, ServerOrder> allServers = new TreeMap<>(back.servers);
        allServers.putAll(servers);
        TreeMap<String, Duty> allDuties = new TreeMap<>(back.duties);
        allDuties.putAll(duties);
        return new Orders(allServers, allDuties);
    }

    private static List<String> balancers(Site site) {
        return site.balancers().stream().map(Balancer::name).toList();
    }

    private static <T> SortedMap<String, T> named(
            SortedMap<String, T> all, Predicate<String> which) {
        TreeMap<String, T> kept = new TreeMap<>(all);
        kept.keySet().removeIf(which.negate());
        return kept;
    }

    private static <T> SortedMap<String, T> without(Map<String, T> all, T usual) {
        TreeMap<String, T> kept = new TreeMap<>(all);
        kept.values().removeIf(usual::equals);
        return Collections.unmodifiableSortedMap(kept);
    }
}
