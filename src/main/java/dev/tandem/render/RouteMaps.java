package dev.tandem.render;

import dev.tandem.model.Pool;
import dev.tandem.model.Route;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Many routes, as HAProxy's maps: `routes.map` says what host and path begin with, and `hosts.map`
/// which names are below which.
///
/// In the site file the first route that fits decides; in a map the longest beginning does. For one
/// host both are the same, once the routes are left out of which an earlier one has all requests:
/// of two that fit the same request, one path begins with the other, and the longer one must come
/// first. So each host of the file has all routes that are for it, those for any host among them:
///
/// 1. the host itself, if a route names it;
/// 2. else the closest name that it is below of (`*.example.org`);
/// 3. else those for any host.
///
/// A host that is found in one step and has no route for a path there has none in a later one.
final class RouteMaps {
    private RouteMaps() {}

    /// The rules of a frontend.
    static void rules(ConfigText text, Site site) {
        text.add(
                """
                    # They are many, so they are in a map (routes.map, %1$s), and the longest beginning of host
                    # and path decides, which there is the first one that fits.
                    http-request set-var(txn.route) var(txn.host),concat(,txn.path),map_beg(%2$s)
                """,
                mark(site), mounted(Layout.ROUTES_MAP));
        if (!hosts(site).isEmpty()) {
            text.add(
                    """
                        http-request set-var(txn.route,ifnotset) var(txn.host),map_end(%2$s),concat(,txn.path),map_beg(%1$s)
                    """,
                    mounted(Layout.ROUTES_MAP), mounted(Layout.HOSTS_MAP));
        }
        text.add(
                """
                    http-request set-var(txn.route,ifnotset) var(txn.path),map_beg(%s)
                """,
                mounted(Layout.ROUTES_MAP));
        if (PoolRules.areNeeded(site)) {
            text.add("    http-request set-var(txn.pool) var(txn.route),field(2,/)\n");
        }
        text.add("    http-request set-var(txn.route) var(txn.route),field(1,/)\n");
    }

    /// Another one for other maps: HAProxy reads them with haproxy.cfg, and only then.
    private static String mark(Site site) {
        StringBuilder all = new StringBuilder();
        files(site).values().forEach(all::append);
        return Rendering.sha256(all.toString()).substring(0, 12);
    }

    private static String mounted(String file) {
        return Layout.Mounted.CONFIGURATION + "/" + file;
    }

    /// The files, by their name in a balancer's directory; none where the routes are few.
    static SequencedMap<String, String> files(Site site) {
        SequencedMap<String, String> files = new TreeMap<>();
        if (Routes.areMany(site)) {
            files.put(Layout.ROUTES_MAP, routesMap(site));
            if (!hosts(site).isEmpty()) {
                files.put(Layout.HOSTS_MAP, hostsMap(site));
            }
        }
        return files;
    }

    private static String routesMap(Site site) {
        ConfigText text = new ConfigText();
        text.add(
                """
                # routes.map of site %s: what host and path begin with, then the number of the route in
                # tandem.yaml and its pool. Written by Tandem from there; change it there.
                """,
                site.name());
        Map<String, String> entries = entries(site.routing().routes());
        int width = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
        entries.forEach((begin, value) ->
                text.add("%s%s %s\n", begin, " ".repeat(width - begin.length()), value));
        return text.toString();
    }

    private static String hostsMap(Site site) {
        ConfigText text = new ConfigText();
        text.add(
                """
                # hosts.map of site %s: what a host ends in, then its name in routes.map. The first line that
                # fits counts. Written by Tandem from tandem.yaml; change it there.
                """,
                site.name());
        for (Route open : hosts(site)) {
            text.add("%s %s\n", open.suffix(), open.host().orElseThrow());
        }
        return text.toString();
    }

    /// One route for each name with `*.`, the longest first.
    private static List<Route> hosts(Site site) {
        Map<String, Route> open = new LinkedHashMap<>();
        site.routing().routes().stream()
                .filter(Route::isOpen)
                .forEach(route -> open.putIfAbsent(route.suffix(), route));
        return open.values().stream()
                .sorted(Comparator.comparingInt(route -> -route.suffix().length()))
                .toList();
    }

    /// The lines of the map, host by host.
    static SequencedMap<String, String> entries(List<Route> routes) {
        List<Optional<String>> hosts = new ArrayList<>();
        routes.stream()
                .filter(r -> r.host().isPresent() && !r.isOpen())
                .forEach(r -> hosts.add(r.host()));
        routes.stream().filter(Route::isOpen).forEach(r -> hosts.add(r.host()));
        hosts.add(Optional.empty());
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        hosts.stream().distinct().forEach(host -> of(host, routes, entries));
        return entries;
    }

    private static void of(Optional<String> host, List<Route> routes, Map<String, String> entries) {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.hasHost(host) && before.stream().noneMatch(route.path()::startsWith)) {
                before.add(route.path());
                entries.put(host.orElse("") + route.path(), (i + 1) + "/" + pool(route));
            }
        }
    }

    private static String pool(Route route) {
        return switch (route.action()) {
            case Route.ToPool to -> to.pool();
            case Route.Redirect _ -> Pool.UNNAMED;
        };
    }
}
