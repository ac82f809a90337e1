package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Renders the directory of a site, laid out as {@link Layout} says: compose.yaml, and the files of
/// every node. Certificates are in it too, but they are made, not rendered.
public final class Renderer {
    private Renderer() {}

    /// The files of a site without orders.
    public static Rendering render(Site site, Setting setting) {
        return render(site, setting, Orders.NONE);
    }

    /// The same site, setting and orders give the same files, byte for byte.
    public static Rendering render(Site site, Setting setting, Orders orders) {
        TreeMap<String, String> files = new TreeMap<>();
        for (Balancer balancer : site.balancers()) {
            String name = balancer.name();
            files.put(Layout.haproxy(name), HaproxyCfg.render(site, balancer, setting));
            files.put(Layout.keepalived(name), KeepalivedConf.render(site, balancer));
            files.putAll(ofOrders(site, balancer, orders));
            if (site.handsOver()) {
                files.put(Layout.handover(name), HandoverNft.render(site, balancer));
            }
        }
        for (Server.Own server : site.ownServers()) {
            files.put(Layout.nginx(server.name()), NginxConf.render(site, server));
            if (server.content().isEmpty()) {
                files.put(Layout.page(server.name()), DefaultPage.render(site, server));
            }
        }
        ComposeYaml compose = new ComposeYaml(site, setting);
        files.put(Layout.COMPOSE, compose.render());
        return new Rendering(files, compose.stamps());
    }

    /// The files of one balancer that depend only on orders.
    private static Map<String, String> ofOrders(Site site, Balancer balancer, Orders orders) {
        String name = balancer.name();
        return Map.of(
                Layout.serversState(name), ServersState.render(site, balancer, orders),
                Layout.duty(name), DutyFile.render(site, balancer, orders.duty(name)));
    }

    /// The files of a site that depend only on orders, by path: for an earlier state under today's
    /// orders.
    public static SortedMap<String, String> orders(Site site, Orders orders) {
        TreeMap<String, String> files = new TreeMap<>();
        site.balancers().forEach(balancer -> files.putAll(ofOrders(site, balancer, orders)));
        return files;
    }
}
