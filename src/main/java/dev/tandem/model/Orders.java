package dev.tandem.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// The orders that a node of this site cannot be given: those for a web server that name a
    /// balancer, and the reverse. Version 0.1.0 could write them.
    public Orders misplaced(Site site) {
        TreeMap<String, ServerOrder> ofBalancers = new TreeMap<>(servers);
        ofBalancers.keySet().retainAll(site.balancers().stream().map(Balancer::name).toList());
        TreeMap<String, Duty> ofServers = new TreeMap<>(duties);
        ofServers.keySet().retainAll(site.namesOfServers());
        return new Orders(ofBalancers, ofServers);
    }

    /// All the others.
    public Orders placed(Site site) {
        Orders misplaced = misplaced(site);
        TreeMap<String, ServerOrder> kept = new TreeMap<>(servers);
        kept.keySet().removeAll(misplaced.servers.keySet());
        TreeMap<String, Duty> keptDuties = new TreeMap<>(duties);
        keptDuties.keySet().removeAll(misplaced.duties.keySet());
        return new Orders(kept, keptDuties);
    }

    private static <T> SortedMap<String, T> without(Map<String, T> all, T usual) {
        TreeMap<String, T> kept = new TreeMap<>(all);
        kept.values().removeIf(usual::equals);
        return Collections.unmodifiableSortedMap(kept);
    }
}
