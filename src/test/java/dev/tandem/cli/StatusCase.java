package dev.tandem.cli;

import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.docker.Container;
import dev.tandem.health.CertificateTerm;
import dev.tandem.health.Health;
import dev.tandem.health.Observed;
import dev.tandem.model.Backend;
import dev.tandem.model.Duty;
import dev.tandem.model.Lan;
import dev.tandem.model.Listen;
import dev.tandem.model.NamedPool;
import dev.tandem.model.Orders;
import dev.tandem.model.PoolTiming;
import dev.tandem.model.Routing;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpService;
import dev.tandem.model.Tls;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// The customer's site as `status` may find it. Initially it is healthy; each method changes one
/// thing.
final class StatusCase {
    private static final String MAC_A = Sample.MAC_A;
    private static final String MAC_B = Sample.MAC_B;
    private static final String STAMP = "1";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Server> servers = new ArrayList<>();
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
    private final SortedMap<String, String> stamps = new TreeMap<>();
    private final SortedMap<String, String> wantedFiles = new TreeMap<>();
    private final SortedMap<String, String> presentFiles = new TreeMap<>();
    private final List<NamedPool> pools = new ArrayList<>();
    private Optional<String> openChange = Optional.empty();
    private String certificateEnds = "";
    private Optional<Lan> lan = Optional.of(new Lan.Bridge());
    private Listen listen = new Listen(80, 443, 8404);
    private TcpService[] services = {};
    private Tls tls = new Tls(List.of(), Optional.empty());

    StatusCase() {
        servers.addAll(Sample.site().servers());
        for (String service : List.of("haproxy-a", "haproxy-b", "web-a", "web-b")) {
            container(service, "running");
        }
        balancers.put("haproxy-a", balancer(Vrrp.MASTER, MAC_A, List.of()));
        balancers.put("haproxy-b", balancer(Vrrp.BACKUP, MAC_B, List.of(MAC_A)));
    }

    private static Answered balancer(Vrrp vrrp, String mac, List<String> arp) {
        return balancer(vrrp, mac, arp, Standing.UNKNOWN);
    }

    private static Answered balancer(Vrrp vrrp, String mac, List<String> arp, Standing standing) {
        boolean master = vrrp == Vrrp.MASTER;
        String since = "2026-11-22T11:10:30.505Z";
        return new Answered(
                vrrp, since, true, master, mac, arp, Loaded.UNKNOWN, standing, Sample.allUp());
    }

    StatusCase container(String service, String state) {
        String name = "tandem-" + service;
        containers.put(
                service,
                new Container(
                        name, service, state, "", "tandem/web:1", "tandem", "/srv", "web", "1"));
        return this;
    }

    StatusCase seen(String balancer, BalancerSeen seen) {
        balancers.put(balancer, seen);
        return this;
    }

    /// Both are master: neither hears the other.
    StatusCase splitBrain() {
        return seen("haproxy-b", balancer(Vrrp.MASTER, MAC_B, List.of(MAC_A)));
    }

    /// Every balancer reports this status for the server, in this backend.
    StatusCase server(String backend, String name, String status, String check) {
        balancers.replaceAll((balancer, seen) ->
                seen instanceof Answered one
                        ? with(one, new ServerSeen(backend, name, status, check))
                        : seen);
        return this;
    }

    private static Answered with(Answered one, ServerSeen changed) {
        List<ServerSeen> servers = new ArrayList<>(one.servers());
        servers.removeIf(
                s -> s.backend().equals(changed.backend()) && s.server().equals(changed.server()));
        servers.add(changed);
        servers.sort(
                java.util.Comparator.comparing(ServerSeen::backend)
                        .thenComparing(ServerSeen::server));
        return Sample.seeing(one, servers);
    }

    /// Every balancer gives the server this share in percent, in both backends.
    StatusCase weighted(String name, int weight) {
        balancers.replaceAll((balancer, seen) -> {
            Answered all = (Answered) seen;
            for (ServerSeen s : List.copyOf(all.servers())) {
                if (s.server().equals(name)) {
                    OptionalInt share = OptionalInt.of(weight);
                    all =
                            with(
                                    all,
                                    new ServerSeen(
                                            s.backend(), name, s.status(), s.check(), share));
                }
            }
            return all;
        });
        return this;
    }

    /// Every balancer reports that a server has served so lately, over HTTP and over HTTPS.
    StatusCase served(String name, Recent recent) {
        balancers.replaceAll((balancer, seen) -> {
            Answered all = (Answered) seen;
            for (ServerSeen s : List.copyOf(all.servers())) {
                if (s.server().equals(name)) {
                    Optional<Recent> lately = Optional.of(recent);
                    all =
                            with(
                                    all,
                                    new ServerSeen(
                                            s.backend(),
                                            name,
                                            s.status(),
                                            s.check(),
                                            s.weight(),
                                            lately));
                }
            }
            return all;
        });
        return this;
    }

    /// A balancer has this role and this duty.
    StatusCase onDuty(String balancer, Vrrp vrrp, Duty duty) {
        String mac = balancer.equals("haproxy-a") ? MAC_A : MAC_B;
        Standing standing = Standing.UNKNOWN.withDuty(duty);
        return seen(balancer, balancer(vrrp, mac, List.of(), standing));
    }

    /// A web server whose certificate is not verified.
    StatusCase onTrust(String name, String host) {
        existing(name, Server.Scheme.HTTPS, host, 443);
        servers.removeLast();
        servers.add(
                new Server.Existing(
                        name,
                        Server.Scheme.HTTPS,
                        host,
                        443,
                        Optional.empty(),
                        Optional.empty(),
                        Server.Verify.NONE,
                        1));
        return this;
    }

    /// A web server of a pool with a name.
    StatusCase pooled(String pool, String name, String host) {
        Server one = new Server.Existing(name, Server.Scheme.HTTP, host, 8080, Optional.empty());
        Backend settings = new Backend(Backend.Balance.ROUNDROBIN, 2, "/");
        pools.add(new NamedPool(pool, settings, PoolTiming.NONE, List.of(one)));
        server(pool, name, "UP", "L7OK 200");
        return server(pool + "-tls", name, "UP", "L7OK 200");
    }

    StatusCase existing(String name, Server.Scheme scheme, String host, int port) {
        servers.add(new Server.Existing(name, scheme, host, port, Optional.empty()));
        server("web", name, "UP", "L7OK 200");
        return server("web-tls", name, "UP", "L7OK 200");
    }

    /// A TCP service with two databases, of which the balancers say this.
    StatusCase service(String first, String second) {
        services = new TcpService[] {Sample.service("postgres", 5432, TcpCheck.CONNECTION)};
        server("postgres", "db-1", first, first.equals("DOWN") ? "L4CON" : "L4OK");
        return server("postgres", "db-2", second, second.equals("DOWN") ? "L4TOUT" : "L4OK");
    }

    /// It has services alone.
    StatusCase withoutWebServers() {
        servers.clear();
        containers.keySet().removeIf(name -> name.startsWith("web-"));
        balancers.replaceAll((balancer, seen) -> {
            Answered one = (Answered) seen;
            return Sample.seeing(
                    one,
                    one.servers().stream()
                            .filter(server -> !server.backend().startsWith("web"))
                            .toList());
        });
        return this;
    }

    /// A file of its directory was changed by hand.
    StatusCase changedByHand(String path) {
        wantedFiles.put(path, "as wanted");
        presentFiles.put(path, "by hand");
        return this;
    }

    /// A container was made from an earlier state.
    StatusCase outdated(String service) {
        stamps.put(service, "2");
        return this;
    }

    StatusCase inTheMiddleOf(String change) {
        openChange = Optional.of(change);
        return this;
    }

    /// It was not brought up from this directory.
    StatusCase fromElsewhere() {
        lan = Optional.empty();
        return this;
    }

    StatusCase on(Lan built) {
        lan = Optional.of(built);
        return this;
    }

    /// The HAProxy of a balancer does not answer.
    StatusCase stopsServing(String balancer) {
        balancers.computeIfPresent(balancer, (_, seen) -> down((Answered) seen));
        return this;
    }

    private static Answered down(Answered one) {
        return new Answered(
                Vrrp.FAULT,
                one.since(),
                false,
                false,
                one.mac(),
                one.arp(),
                one.loaded(),
                one.standing(),
                List.of());
    }

    /// The note about when its certificate expires.
    StatusCase certificateEnds(String noted) {
        certificateEnds = noted;
        return this;
    }

    StatusCase notAsked(String balancer) {
        balancers.remove(balancer);
        return this;
    }

    /// A balancer asked the LAN for the VIP, and this MAC answered.
    StatusCase answeredFor(String balancer, Vrrp vrrp, String mac) {
        String own = balancer.equals("haproxy-a") ? MAC_A : MAC_B;
        return seen(balancer, balancer(vrrp, own, List.of(mac)));
    }

    /// A balancer does not know a web server.
    StatusCase forgets(String balancer, String name) {
        Answered one = (Answered) Objects.requireNonNull(balancers.get(balancer));
        List<ServerSeen> left =
                one.servers().stream().filter(s -> !s.server().equals(name)).toList();
        return seen(balancer, Sample.seeing(one, left));
    }

    StatusCase listening(Listen ports) {
        listen = ports;
        return this;
    }

    StatusCase certified(Tls.Provided certificate) {
        tls = new Tls(List.of(), Optional.of(certificate));
        return this;
    }

    /// The site was never brought up.
    StatusCase absent() {
        containers.clear();
        balancers.replaceAll((name, seen) -> new BalancerSeen.Silent("not running"));
        lan = Optional.empty();
        return this;
    }

    Health health() {
        Site site = site();
        Snapshot snapshot = new Snapshot(containers, balancers);
        return Health.of(
                new Observed(
                        site,
                        Orders.NONE,
                        snapshot,
                        lan.map(one -> new Observed.Built(one, wanted(site), seen(snapshot))),
                        openChange,
                        new CertificateTerm(certificateEnds, NOW)));
    }

    private Wanted wanted(Site site) {
        TreeMap<String, String> all = new TreeMap<>();
        containers.keySet().forEach(service -> all.put(service, STAMP));
        all.putAll(stamps);
        return new Wanted(site, Orders.NONE, all, wantedFiles, Map.of());
    }

    private Seen seen(Snapshot snapshot) {
        TreeMap<String, Seen.Box> boxes = new TreeMap<>();
        snapshot.containers()
                .forEach((service, one) ->
                        boxes.put(
                                service,
                                new Seen.Box(one.name(), one.state(), one.stamp(), one.role())));
        return new Seen(
                boxes,
                new TreeMap<>(),
                new TreeMap<>(),
                snapshot.vipHolders(),
                new Seen.Files(presentFiles, new TreeMap<>()),
                Origin.NONE);
    }

    private Site site() {
        Site usual = Sample.site();
        return new Site(
                usual.name(),
                usual.vip(),
                usual.network(),
                List.of(),
                usual.balancers(),
                listen,
                usual.backend(),
                servers,
                tls,
                usual.timing(),
                usual.handover(),
                usual.budget(),
                usual.limits(),
                usual.frontDoor(),
                List.of(services),
                new Routing(pools, List.of()));
    }
}
