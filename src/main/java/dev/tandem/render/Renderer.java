package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Renders the directory of a site:
///
/// ```
/// compose.yaml
/// haproxy-a/haproxy.cfg, haproxy-a/keepalived.conf       one directory per balancer
/// haproxy-a/handover.nft                                 where connections are handed over
/// haproxy-a/servers.state, haproxy-a/duty                what is asked for by hand
/// web-a/nginx.conf, web-a/content/index.html             one per web server of ours
/// ```
///
/// Certificates belong into the directory too (`tls/`), but they are made, not rendered.
public final class Renderer {
    private Renderer() {}

    /// The files of a site of which nobody asks anything by hand.
    public static Rendering render(Site site, Setting setting) {
        return render(site, setting, Orders.NONE);
    }

    /// The same site, setting and orders give the same files, byte for byte.
    public static Rendering render(Site site, Setting setting, Orders orders) {
        TreeMap<String, String> files = new TreeMap<>();
        for (Balancer balancer : site.balancers()) {
            String name = balancer.name();
            files.put(name + "/haproxy.cfg", HaproxyCfg.render(site, balancer));
            files.put(name + "/keepalived.conf", KeepalivedConf.render(site, balancer));
            files.putAll(ofOrders(site, balancer, orders));
            if (site.handsOver()) {
                files.put(name + "/handover.nft", HandoverNft.render(site, balancer));
            }
        }
        for (Server.Own server : site.ownServers()) {
            files.put(server.name() + "/nginx.conf", NginxConf.render(site, server));
            if (server.content().isEmpty()) {
                String page = server.name() + "/content/index.html";
                files.put(page, DefaultPage.render(site, server));
            }
        }
        ComposeYaml compose = new ComposeYaml(site, setting);
        files.put("compose.yaml", compose.render());
        return new Rendering(files, compose.stamps());
    }

    /// The files of one balancer that only depend on what operators ask for.
    private static Map<String, String> ofOrders(Site site, Balancer balancer, Orders orders) {
        String name = balancer.name();
        return Map.of(
                name + "/servers.state", ServersState.render(site, balancer, orders),
                name + "/duty", DutyFile.render(site, balancer, orders.duty(name)));
    }

    /// The files of a site that only depend on what operators ask for, by path: for a state of
    /// earlier days with the orders of today.
    public static SortedMap<String, String> orders(Site site, Orders orders) {
        TreeMap<String, String> files = new TreeMap<>();
        site.balancers().forEach(balancer -> files.putAll(ofOrders(site, balancer, orders)));
        return files;
    }
}
