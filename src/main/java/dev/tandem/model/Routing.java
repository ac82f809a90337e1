package dev.tandem.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which requests go where, besides the pool that the site file does not name.
///
/// @param pools more pools
/// @param routes in the order in which they are tried: the first that fits decides
public record Routing(List<NamedPool> pools, List<Route> routes) {
    /// Every request goes to the one pool.
    public static final Routing NONE = new Routing(List.of(), List.of());

    /// @throws IllegalArgumentException when a route goes to no pool, or two are for the same
    public Routing {
        pools = List.copyOf(pools);
        routes = List.copyOf(routes);
        Set<String> names = new HashSet<>(pools.stream().map(NamedPool::name).toList());
        names.add(Pool.UNNAMED);
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            if (route.action() instanceof Route.ToPool(String pool, _) && !names.contains(pool)) {
                throw new IllegalArgumentException("no pool is called " + pool);
            }
            if (!seen.add(route.name())) {
                throw new IllegalArgumentException("two routes for " + route.name());
            }
        }
    }
}
