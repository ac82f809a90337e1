package dev.tandem.change;

import dev.tandem.deploy.SiteDirectory;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Observer;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks at a site for a planner: the snapshot, what the web servers have loaded, and the files.
final class Look {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Docker docker;
    private final Observer observer;

    Look(Docker docker, Observer observer) {
        this.docker = docker;
        this.observer = observer;
    }

    /// Looks now.
    ///
    /// @param wanted what the site is to become
    /// @param present the site's directory
    Seen at(Wanted wanted, SiteDirectory present, Seen.Origin origin) {
        Snapshot snapshot = observer.look(wanted.site());
        TreeMap<String, Seen.Box> boxes = new TreeMap<>();
        snapshot.containers()
                .forEach((service, c) ->
                        boxes.put(service, new Seen.Box(c.name(), c.state(), c.stamp(), c.role())));
        TreeMap<String, Seen.OfBalancer> balancers = new TreeMap<>();
        for (Balancer balancer : wanted.site().balancers()) {
            if (snapshot.balancers().get(balancer.name())
                    instanceof BalancerSeen.Answered answered) {
                balancers.put(balancer.name(), balancer(wanted.site(), balancer, answered));
            }
        }
        TreeMap<String, Map<Loadable, String>> servers = new TreeMap<>();
        for (Server.Own server : wanted.site().ownServers()) {
            if (snapshot.state(server.name()).equals("running")) {
                servers.put(server.name(), loaded(wanted.site().container(server.name())));
            }
        }
        return new Seen(
                boxes, balancers, servers, snapshot.vipHolders(), files(wanted, present), origin);
    }

    private static Seen.Files files(Wanted wanted, SiteDirectory present) {
        TreeSet<String> paths = new TreeSet<>(wanted.files().keySet());
        paths.addAll(present.written().keySet());
        return new Seen.Files(present.hashes(paths), present.written());
    }

    private static Seen.OfBalancer balancer(
            Site site, Balancer balancer, BalancerSeen.Answered seen) {
        Map<Loadable, String> loaded = new EnumMap<>(Loadable.class);
        seen.loaded().haproxy().ifPresent(hash -> loaded.put(Loadable.HAPROXY, hash));
        seen.loaded().keepalived().ifPresent(hash -> loaded.put(Loadable.KEEPALIVED, hash));
        seen.loaded().handover().ifPresent(hash -> loaded.put(Loadable.HANDOVER, hash));
        seen.loaded().certificate().ifPresent(hash -> loaded.put(Loadable.CERTIFICATE, hash));
        seen.loaded().ca().ifPresent(hash -> loaded.put(Loadable.CA, hash));
        TreeMap<String, List<Seen.OfServer>> servers = new TreeMap<>();
        for (ServerSeen server : seen.servers()) {
            servers.computeIfAbsent(server.server(), _ -> new ArrayList<>())
                    .add(new Seen.OfServer(order(server), use(server)));
        }
        boolean serving =
                seen.serving() && (seen.vrrp() == Vrrp.MASTER || seen.vrrp() == Vrrp.BACKUP);
        Duty duty = seen.standing().duty().orElse(Duty.SERVE);
        return new Seen.OfBalancer(serving, duty, loaded, servers, added(site, balancer, seen));
    }

    /// As HAProxy shows it. A weight that it did not say is taken for the usual one.
    private static ServerOrder order(ServerSeen seen) {
        int weight = Math.clamp(seen.weight().orElse(ServerOrder.READY.weight()), 1, 100);
        return new ServerOrder(seen.asked(), weight);
    }

    private static Seen.Use use(ServerSeen seen) {
        if (seen.up()) {
            return Seen.Use.UP;
        }
        boolean out = seen.asked() != ServerOrder.State.READY;
        return out ? Seen.Use.OUT : Seen.Use.DOWN;
    }

    /// Addresses that neither the site file nor the hand-over gives to this balancer.
    private static List<Seen.Added> added(
            Site site, Balancer balancer, BalancerSeen.Answered seen) {
        List<String> known =
                List.of(
                        balancer.address().toString(),
                        balancer.lanAddress().toString(),
                        site.vip().address().toString());
        return seen.standing().addresses().stream()
                .filter(address ->
                        known.stream().noneMatch(a -> address.cidr().startsWith(a + "/")))
                .map(address -> new Seen.Added(address.cidr(), address.device()))
                .toList();
    }

    private Map<Loadable, String> loaded(String container) {
        Output output = docker.exec(container, LIMIT, "node-state");
        Map<Loadable, String> loaded = new EnumMap<>(Loadable.class);
        output.lines().stream()
                .map(line -> line.split("=", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> {
                    switch (words[0]) {
                        case "loaded" -> loaded.put(Loadable.NGINX, words[1]);
                        case "loaded_certificate" ->
                                loaded.put(Loadable.SERVER_CERTIFICATE, words[1]);
                        default -> {}
                    }
                });
        return loaded;
    }
}
