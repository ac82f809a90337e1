package dev.tandem.change.carry;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Strays;
import dev.tandem.change.plan.Wanted;
import dev.tandem.docker.Container;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Ip4;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.TcpServer;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.MachineHeard;
import dev.tandem.observe.Observer;
import dev.tandem.observe.OwnServerSeen;
import dev.tandem.observe.Placement;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.SiteFiles;
import dev.tandem.render.HealthPage;
import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns a snapshot of a site, and the files of its directory, into what a planner needs.
public final class SeenReader {
    private final Observer observer;

    public SeenReader(Observer observer) {
        this.observer = observer;
    }

    /// Looks now.
    ///
    /// @param wanted the state that the site should reach
    /// @param present the site's files where containers read them
    public Seen at(Wanted wanted, SiteFiles present, Origin origin) {
        return seen(observer.lookAtLeaving(wanted.site()), wanted, present, origin);
    }

    /// The same from an existing snapshot.
    public static Seen seen(Snapshot snapshot, Wanted wanted, SiteFiles present, Origin origin) {
        return new Seen(
                boxes(snapshot),
                balancers(snapshot, wanted),
                webServers(snapshot),
                snapshot.vipHolders(),
                files(wanted, present),
                origin);
    }

    /// Over machines, a node on its own one is known by its name, and everything else by its
    /// machine, too: the way to the LAN that each has, and what should be somewhere else.
    private static SortedMap<String, Seen.Box> boxes(Snapshot snapshot) {
        TreeMap<String, Seen.Box> boxes = new TreeMap<>();
        Placement placement = snapshot.placement();
        if (placement.machines().isEmpty()) {
            snapshot.containers().forEach((service, c) -> boxes.put(service, box(snapshot, c)));
        }
        placement
                .machines()
                .forEach((machine, heard) -> {
                    if (heard instanceof MachineHeard.Answered(List<Container> containers)) {
                        for (Container c : containers) {
                            boolean placed =
                                    placement.machine(c.service()).equals(Optional.of(machine));
                            boxes.put(
                                    placed ? c.service() : Strays.known(machine, c.service()),
                                    box(snapshot, c));
                        }
                    }
                });
        return boxes;
    }

    private static Seen.Box box(Snapshot snapshot, Container c) {
        return new Seen.Box(
                c.name(),
                c.state(),
                c.stamp(),
                c.image(),
                c.role(),
                snapshot.networksOf(c.name()),
                Optional.ofNullable(snapshot.restart().get(c.name())));
    }

    private static SortedMap<String, Seen.OfBalancer> balancers(Snapshot snapshot, Wanted wanted) {
        Site site = wanted.site();
        TreeMap<String, Seen.OfBalancer> balancers = new TreeMap<>();
        for (Balancer balancer : site.balancers()) {
            snapshot.answer(balancer.name())
                    .ifPresent(answer ->
                            balancers.put(
                                    balancer.name(),
                                    balancer(wanted, answer, added(site, balancer, answer))));
        }
        // Those that the site no longer has: what they have is nobody's concern any more.
        for (String leaving : snapshot.balancers().keySet()) {
            snapshot.answer(leaving)
                    .ifPresent(answer ->
                            balancers.putIfAbsent(leaving, balancer(wanted, answer, List.of())));
        }
        return balancers;
    }

    /// Nothing is known to be loaded by a web server that runs but reports nothing.
    private static SortedMap<String, Map<Loadable, String>> webServers(Snapshot snapshot) {
        TreeMap<String, Map<Loadable, String>> loaded = new TreeMap<>();
        snapshot.ownServers()
                .forEach((server, says) -> {
                    if (snapshot.state(server).equals("running")) {
                        loaded.put(server, loaded(says));
                    }
                });
        return loaded;
    }

    private static Seen.Files files(Wanted wanted, SiteFiles present) {
        TreeSet<String> paths = new TreeSet<>(wanted.files().keySet());
        paths.addAll(present.written().keySet());
        return new Seen.Files(present.hashes(paths), present.written(), open(wanted, present));
    }

    private static SortedSet<String> open(Wanted wanted, SiteFiles present) {
        return wanted.site().balancers().stream()
                .map(balancer -> wanted.at(balancer.name(), Layout.haproxy(balancer.name())))
                .filter(path -> HealthPage.isOpen(present.read(path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Seen.OfBalancer balancer(
            Wanted wanted, BalancerSeen.Answered seen, List<Seen.Added> added) {
        List<String> tcp = wanted.site().tcpServers().stream().map(TcpServer::name).toList();
        TreeMap<String, List<Seen.OfServer>> servers = new TreeMap<>();
        TreeMap<String, List<Seen.OfServer>> ofServices = new TreeMap<>();
        for (ServerSeen server : seen.servers()) {
            (tcp.contains(server.server()) ? ofServices : servers)
                    .computeIfAbsent(server.server(), _ -> new ArrayList<>())
                    .add(new Seen.OfServer(order(wanted, server), use(server)));
        }
        boolean serving =
                seen.serving() && (seen.vrrp() == Vrrp.MASTER || seen.vrrp() == Vrrp.BACKUP);
        Duty duty = seen.standing().duty().orElse(Duty.SERVE);
        return new Seen.OfBalancer(
                serving,
                duty,
                loaded(seen.loaded()),
                servers,
                ofServices,
                added,
                seen.standing().init().stoppedFor());
    }

    /// The order as HAProxy shows it. A weight that was not reported counts as the usual one. Of a
    /// web server with a small share, several orders come to the same weight.
    private static ServerOrder order(Wanted wanted, ServerSeen seen) {
        int weight = Math.clamp(seen.weight().orElse(ServerOrder.READY.weight()), 1, 100);
        ServerOrder shown = new ServerOrder(seen.asked(), weight);
        ServerOrder order = wanted.orders().server(seen.server());
        boolean same =
                wanted.site().sharesOf(seen.server()).stream()
                        .anyMatch(share -> order.weightOf(share) == shown.weightOf(share));
        return same ? new ServerOrder(seen.asked(), order.weight()) : shown;
    }

    private static Seen.Use use(ServerSeen seen) {
        if (seen.up()) {
            return Seen.Use.UP;
        }
        boolean out = seen.asked() != ServerOrder.State.READY;
        return out ? Seen.Use.OUT : Seen.Use.DOWN;
    }

    /// Addresses that this balancer has neither from the site file nor from the hand-over.
    private static List<Seen.Added> added(
            Site site, Balancer balancer, BalancerSeen.Answered seen) {
        List<String> known =
                Stream.concat(
                                Stream.of(balancer.address(), balancer.lanAddress()),
                                site.vips().stream())
                        .map(Ip4::toString)
                        .toList();
        return seen.standing().addresses().stream()
                .filter(address ->
                        known.stream().noneMatch(a -> address.cidr().startsWith(a + "/")))
                .map(address -> new Seen.Added(address.cidr(), address.device()))
                .toList();
    }

    private static Map<Loadable, String> loaded(OwnServerSeen says) {
        Map<Loadable, String> loaded = new EnumMap<>(Loadable.class);
        if (says instanceof OwnServerSeen.Answered answered) {
            answered.configuration().ifPresent(hash -> loaded.put(Loadable.NGINX, hash));
            answered.certificate().ifPresent(hash -> loaded.put(Loadable.SERVER_CERTIFICATE, hash));
            answered.drill().ifPresent(hash -> loaded.put(Loadable.DRILL_SECRET, hash));
        }
        return loaded;
    }

    private static Map<Loadable, String> loaded(Loaded says) {
        Map<Loadable, String> loaded = new EnumMap<>(Loadable.class);
        says.haproxy().ifPresent(hash -> loaded.put(Loadable.HAPROXY, hash));
        says.keepalived().ifPresent(hash -> loaded.put(Loadable.KEEPALIVED, hash));
        says.handover().ifPresent(hash -> loaded.put(Loadable.HANDOVER, hash));
        says.certificate().ifPresent(hash -> loaded.put(Loadable.CERTIFICATE, hash));
        says.access().ifPresent(hash -> loaded.put(Loadable.ACCESS, hash));
        says.ca().ifPresent(hash -> loaded.put(Loadable.CA, hash));
        return loaded;
    }
}
