package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Renders the directory of a site:
///
/// ```
/// compose.yaml
/// haproxy-a/haproxy.cfg, haproxy-a/keepalived.conf       one directory per balancer
/// web-a/nginx.conf, web-a-content/index.html             one per web server of ours
/// ```
///
/// Certificates belong into the directory too (`tls/`), but they are made, not rendered.
public final class Renderer {
    private Renderer() {}

    /// The same site and setting give the same files, byte for byte.
    public static Rendering render(Site site, Setting setting) {
        Map<String, String> files = new TreeMap<>();
        Map<String, String> stamps = new HashMap<>();
        for (Balancer balancer : site.balancers()) {
            Map<String, String> own = balancerFiles(site, balancer);
            files.putAll(own);
            stamps.put(balancer.name(), Rendering.stamp(own));
        }
        for (Server.Own server : site.ownServers()) {
            Map<String, String> own =
                    Map.of(server.name() + "/nginx.conf", NginxConf.render(site, server));
            files.putAll(own);
            stamps.put(server.name(), Rendering.stamp(own));
            if (server.content().isEmpty()) {
                files.put(server.name() + "-content/index.html", DefaultPage.render(site, server));
            }
        }
        files.put("compose.yaml", new ComposeYaml(site, setting, stamps).render());
        return new Rendering(new TreeMap<>(files));
    }

    private static Map<String, String> balancerFiles(Site site, Balancer balancer) {
        return Map.of(
                balancer.name() + "/haproxy.cfg", HaproxyCfg.render(site, balancer),
                balancer.name() + "/keepalived.conf", KeepalivedConf.render(site, balancer));
    }
}
