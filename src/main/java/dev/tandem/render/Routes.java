package dev.tandem.render;

import dev.tandem.model.Access;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.HaproxyBackend.Kind;
import dev.tandem.model.Pool;
import dev.tandem.model.Route;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which request goes to which pool: the rules in a frontend of haproxy.cfg (decision 0043).
///
/// A few routes stand there one by one. Many are in a map, so that the last one costs no more than
/// the first ({@link RouteMaps}). Both put the number of the route into `txn.route` and the name of
/// the pool into `txn.pool`; what follows is the same.
final class Routes {
    /// More routes than this are easier to read, and quicker, as a map.
    private static final int FEW = 8;

    /// More pools than this need no lines of their own: their names are those of backends.
    private static final int FEW_POOLS = 5;

    private Routes() {}

    /// Whether the routes of a site are in a map.
    static boolean areMany(Site site) {
        return site.routing().routes().size() > FEW;
    }

    /// The rules of a frontend, before all that depend on the pool.
    static void rules(ConfigText text, Site site, Scheme came) {
        List<Route> routes = site.routing().routes();
        if (!routes.isEmpty()) {
            asked(text, routes);
            if (areMany(site)) {
                RouteMaps.rules(text, site);
            } else {
                oneByOne(text, site, routes);
            }
        }
        if (PoolRules.areNeeded(site)) {
            text.add("    http-request set-var(txn.pool,ifnotset) str(%s)\n", Pool.UNNAMED);
        }
        MutualTls.rules(text, site, came);
        for (int i = 0; i < routes.size(); i++) {
            action(text, site, i + 1, routes.get(i));
        }
    }

    private static void asked(ConfigText text, List<Route> routes) {
        text.add(
                """
                    # The routes of tandem.yaml: the first one that fits says where a request goes; what fits
                    # none goes to the pool %s. A host is compared without its port and a dot at its end.
                    http-request set-var(txn.host) req.fhdr(host),host_only,lower,rtrim(.)
                """,
                Pool.UNNAMED);
        if (routes.stream().anyMatch(route -> !route.path().equals("/"))) {
            text.add(
                    """
                        # A path is compared as a web server reads it: decoded, and without doubled slashes. One
                        # with . or .. between slashes would be read as another one; browsers and curl send none.
                        http-request set-var(txn.path) path,url_dec,regsub(//+,/,g)
                        http-request deny deny_status 400 if { var(txn.path) -m sub /./ /../ } or { var(txn.path) -m end /. /.. }
                    """);
        } else {
            text.add("    http-request set-var(txn.path) path\n");
        }
    }

    private static void oneByOne(ConfigText text, Site site, List<Route> routes) {
        Map<String, StringBuilder> pools = new LinkedHashMap<>();
        for (int i = 0; i < routes.size(); i++) {
            int number = i + 1;
            Route route = routes.get(i);
            text.add(
                    "    http-request set-var(txn.route,ifnotset) str(%s)%s\n",
                    number, condition(route));
            if (route.action() instanceof Route.ToPool to) {
                pools.computeIfAbsent(to.pool(), _ -> new StringBuilder()).append(" " + number);
            }
        }
        if (PoolRules.areNeeded(site)) {
            pools.forEach((pool, numbers) ->
                    text.add(
                            """
                                http-request set-var(txn.pool) str(%s) if { var(txn.route) -m str%s }
                            """,
                            pool, numbers));
        }
    }

    private static String condition(Route route) {
        String host =
                route.host()
                        .map(name ->
                                route.isOpen()
                                        ? " { var(txn.host) -m end " + route.suffix() + " }"
                                        : " { var(txn.host) -m str " + name + " }")
                        .orElse("");
        String path =
                route.path().equals("/") ? "" : " { var(txn.path) -m beg " + route.path() + " }";
        return (host + path).isEmpty() ? "" : " if" + host + path;
    }

    /// What becomes of a request besides that it goes to a pool. A change asks from a balancer's
    /// own address whether it is well, and is not to be taken back because of an `allow`.
    private static void action(ConfigText text, Site site, int number, Route route) {
        String fits = "{ var(txn.route) -m str " + number + " }";
        Access access = route.admission().access();
        if (!access.allow().isEmpty()) {
            text.add(
                    "    http-request deny deny_status 403 if %s !balancers !%s\n",
                    fits,
                    Ranges.condition(
                            text, "allowed-on-" + number, Ipv6.ranges(site, access.allow())));
        }
        if (!access.deny().isEmpty()) {
            text.add(
                    "    http-request deny deny_status 403 if %s !balancers %s\n",
                    fits, Ranges.condition(text, "denied-on-" + number, access.deny()));
        }
        route.users()
                .ifPresent(users ->
                        text.add(
                                "    http-request auth realm %s if %s%s\n",
                                site.name(), fits, UserLists.without(site, users)));
        RouteLimits.rules(text, site, number, fits);
        switch (route.action()) {
            case Route.Redirect to ->
                    text.add(
                            "    http-request redirect %s %s code %s if %s\n",
                            to.keepsPath() ? "prefix" : "location", to.url(), to.code(), fits);
            case Route.ToPool(_, Optional<String> strip) ->
                    strip.ifPresent(begin ->
                            text.add(
                                    """
                                        http-request set-path %%[path,bytes(%s)] if %s { path -m beg %s/ }
                                    """,
                                    begin.length(), fits, begin));
        }
    }

    /// Where requests of the pools that have a name go. All others are left to what follows.
    static void backends(ConfigText text, Site site, Scheme came) {
        List<Pool> named = site.pools().subList(1, site.pools().size());
        if (named.size() > FEW_POOLS) {
            byName(text, came);
            return;
        }
        for (Pool pool : named) {
            text.add(
                    """
                        use_backend %1$s if { var(txn.pool) -m str %2$s } { nbsrv(%3$s) eq 0 }
                        use_backend %3$s if { var(txn.pool) -m str %2$s }
                    """,
                    pool.lastResort(came).name(), pool.name(), pool.checked(came).name());
        }
    }

    private static void byName(ConfigText text, Scheme came) {
        String pool = "%[var(txn.pool)]";
        text.add(
                """
                    # A pool is a backend of its name, and has a last resort of its own.
                    use_backend %1$s if !{ var(txn.pool) -m str %3$s } %4$s
                    use_backend %2$s if !{ var(txn.pool) -m str %3$s }
                """,
                HaproxyBackend.name(pool, Kind.LAST_RESORT, came),
                HaproxyBackend.name(pool, Kind.CHECKED, came),
                Pool.UNNAMED,
                ofPool(came));
    }

    private static String ofPool(Scheme came) {
        String ending = HaproxyBackend.name("", Kind.CHECKED, came);
        String name = ending.isEmpty() ? "" : ",concat(" + ending + ")";
        return "{ var(txn.pool)" + name + ",nbsrv eq 0 }";
    }

    /// The condition that the pool of a request has no web server in rotation.
    static String without(Site site, Scheme came) {
        if (!PoolRules.areNeeded(site)) {
            return "{ nbsrv(%s) eq 0 }".formatted(site.defaultPool().checked(came).name());
        }
        return ofPool(came);
    }

    /// The first host of the routes to a pool: what its web servers are asked for in checks.
    static Optional<String> hostOf(Site site, Pool pool) {
        return site.routing().routes().stream()
                .filter(route ->
                        route.action() instanceof Route.ToPool to && to.pool().equals(pool.name()))
                .filter(route -> !route.isOpen())
                .flatMap(route -> route.host().stream())
                .findFirst()
                .filter(_ -> !pool.name().equals(Pool.UNNAMED));
    }
}
