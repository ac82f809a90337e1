package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.FrontDoor;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Orders;
import dev.tandem.model.Pool;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How a client stays with the web server that it had, in the backends of haproxy.cfg (decision
/// 0051). Balancers agree on it without telling each other: a cookie has the name of the web
/// server, and an address leads to the same one everywhere, as it does after a reload.
final class StickyLines {
    private StickyLines() {}

    /// Whether some pool has a cookie.
    static boolean hasCookie(Site site) {
        return site.pools().stream().anyMatch(Pool::hasCookie);
    }

    /// HAProxy's word for how the requests of a pool are spread.
    static String balance(Pool pool) {
        return switch (pool.settings().sticky()) {
            case NONE, COOKIE -> pool.settings().balance().word();
            case SOURCE -> "source";
        };
    }

    /// The lines of a backend.
    static void add(ConfigText text, Site site, HaproxyBackend backend) {
        switch (backend.pool().settings().sticky()) {
            case NONE -> {}
            case COOKIE -> cookie(text, site, backend);
            case SOURCE -> source(text, backend.pool());
        }
    }

    private static void cookie(ConfigText text, Site site, HaproxyBackend backend) {
        text.add(
                """

                    # Who has this cookie gets the web server that it names, on each balancer, as long as that
                    # is up. A drained one still would: the map says who was, and the cookie is left out. Then
                    # the client gets another web server, and another cookie.
                    cookie %1$s insert indirect nocache httponly%2$s attr SameSite=Lax
                    http-request replace-header Cookie (^|.*;\\s*)%1$s=[^;]*;?\\s*(.*) \\1\\2 if { req.cook(%1$s),map_str_int(%3$s,0) gt 0 }
                """,
                backend.pool().cookie(),
                isSecure(site, backend) ? " secure" : "",
                Layout.Mounted.CONFIGURATION + "/" + Layout.STICKY_MAP);
    }

    /// A browser sends such a cookie over HTTPS alone, and lets nobody replace it over HTTP: it is
    /// for sites that are there over HTTPS alone.
    private static boolean isSecure(Site site, HaproxyBackend backend) {
        return backend.came() == Scheme.HTTPS
                && site.frontDoor().redirectHttp() == FrontDoor.RedirectHttp.ON;
    }

    private static void source(ConfigText text, Pool pool) {
        text.add(
                """

                    # A client's address leads to the same web server on each balancer. One that comes or goes
                    # takes clients from all others, or leaves its own to them; the rest stays.
                    hash-type consistent
                    default-server hash-key %s
                """,
                haveAddresses(pool) ? "addr" : "addr-port");
    }

    /// Whether no two web servers can have one address. Then the port, which is another one for
    /// HTTPS at an Nginx of Tandem's, need not tell them apart.
    private static boolean haveAddresses(Pool pool) {
        Set<String> seen = new HashSet<>();
        return pool.servers().stream()
                .allMatch(server ->
                        switch (server) {
                            case Server.Own own -> seen.add(own.address().toString());
                            case Server.Existing there ->
                                    !there.hasHostname() && seen.add(there.host());
                        });
    }

    /// What a server line has of it.
    static String of(String slot, HaproxyBackend backend) {
        return backend.pool().hasCookie() ? " cookie " + slot : "";
    }

    /// The map of those whose cookies count no more.
    static String map(Site site, Balancer balancer, Orders orders) {
        ConfigText text = new ConfigText();
        text.add(
                """
                # %1$s of %2$s, site %3$s: 1 is a web server that somebody drained, so that
                # clients which have its cookie get another one. Written by Tandem, like servers.state; a
                # running HAProxy is told directly.
                """,
                Layout.STICKY_MAP, balancer.name(), site.name());
        for (Pool pool : site.pools().stream().filter(Pool::hasCookie).toList()) {
            for (Server server : pool.servers()) {
                List<String> slots = server.slots();
                slots.forEach(slot -> text.add("%s %s\n", slot, left(orders, server)));
            }
        }
        return text.toString();
    }

    private static String left(Orders orders, Server server) {
        return isLeft(orders.server(server.name())) ? "1" : "0";
    }

    /// Whether clients that have its cookie are to leave a web server.
    private static boolean isLeft(ServerOrder order) {
        return order.state() != ServerOrder.State.READY;
    }
}
