package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Machine;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Renders the directory of a site, laid out as {@link Layout} says: compose.yaml, and the files of
/// every node. Certificates are in it too, but they are made, not rendered.
public final class Renderer {
    private Renderer() {}

    /// The files of a site without orders.
    public static Rendering render(Site site, Setting setting) {
        return render(site, setting, Orders.NONE);
    }

    /// The same site, setting and orders give the same files, byte for byte. Those of a site over
    /// several machines lie in a directory for each; a service that each machine has is known by
    /// its machine, too.
    public static Rendering render(Site site, Setting setting, Orders orders) {
        if (!site.hasMachines()) {
            return render(site, setting, orders, Part.all(site, setting.lan()));
        }
        TreeMap<String, String> files = new TreeMap<>();
        TreeMap<String, String> services = new TreeMap<>();
        for (Machine machine : site.machines()) {
            String at = machine.name();
            Rendering one = onMachine(site, setting, orders, at);
            one.files().forEach((path, text) -> files.put(Layout.onMachine(at, path), text));
            one.services().forEach((name, stamp) -> services.put(Part.known(name, at), stamp));
        }
        return new Rendering(files, services);
    }

    /// What lies on one machine of a site, byte for byte: its services and the files of its nodes,
    /// where plain Compose finds them.
    public static Rendering onMachine(Site site, Setting setting, Orders orders, String machine) {
        return render(site, setting, orders, Part.of(site, setting.lan(), machine));
    }

    /// What lies on one machine of the site's certificates: the directories of {@link Layout.Tls}
    /// that its nodes mount, and nobody else's.
    public static List<String> certificatesOn(Site site, String machine) {
        return Stream.concat(
                        site.balancersOn(machine).stream().limit(1).map(_ -> Layout.Tls.BALANCERS),
                        site.ownServersOn(machine).stream().map(Server.Own::name))
                .toList();
    }

    private static Rendering render(Site site, Setting setting, Orders orders, Part part) {
        TreeMap<String, String> files = new TreeMap<>();
        for (Balancer balancer : part.balancers()) {
            String name = balancer.name();
            files.put(Layout.haproxy(name), HaproxyCfg.render(site, balancer, setting));
            RouteMaps.files(site)
                    .forEach((file, text) -> files.put(Layout.ofBalancer(name, file), text));
            Pages.files(site)
                    .forEach((file, page) -> files.put(Layout.ofBalancer(name, file), page));
            AccessLists.files(site)
                    .forEach((file, text) -> files.put(Layout.ofBalancer(name, file), text));
            files.put(Layout.keepalived(name), KeepalivedConf.render(site, balancer));
            files.putAll(ofOrders(site, balancer, orders));
            if (site.handsOver()) {
                files.put(Layout.handover(name), HandoverNft.render(site, balancer));
            }
        }
        for (Server.Own server : part.servers()) {
            files.put(Layout.nginx(server.name()), NginxConf.render(site, server));
            if (server.content().isEmpty()) {
                files.put(Layout.page(server.name()), DefaultPage.render(site, server));
            }
        }
        ComposeYaml compose = new ComposeYaml(site, setting, part);
        files.put(Layout.COMPOSE, compose.render());
        return new Rendering(files, compose.stamps());
    }

    /// The files of one balancer that depend only on orders.
    private static Map<String, String> ofOrders(Site site, Balancer balancer, Orders orders) {
        String name = balancer.name();
        TreeMap<String, String> files = new TreeMap<>();
        files.put(Layout.serversState(name), ServersState.render(site, balancer, orders));
        files.put(Layout.duty(name), DutyFile.render(site, balancer, orders.duty(name)));
        if (StickyLines.hasCookie(site)) {
            files.put(Layout.stickyMap(name), StickyLines.map(site, balancer, orders));
        }
        return files;
    }

    /// The files of a site that depend only on orders, by path: for an earlier state under today's
    /// orders.
    public static SortedMap<String, String> orders(Site site, Orders orders) {
        TreeMap<String, String> files = new TreeMap<>();
        for (Balancer balancer : site.balancers()) {
            ofOrders(site, balancer, orders)
                    .forEach((path, text) ->
                            files.put(Layout.placed(balancer.machine(), path), text));
        }
        return files;
    }
}
