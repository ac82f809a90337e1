package dev.tandem.change.plan;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A site that is wanted, and the same site as it is seen: equal at first. A test then changes one
/// of them, and plans.
public final class PlannedSite {
    /// As it was applied last.
    Site applied = Sample.site();

    Site site = applied;
    Orders orders = Orders.NONE;
    public final TreeMap<String, String> stamps = new TreeMap<>();
    final TreeMap<String, String> files = new TreeMap<>();
    final Map<String, Map<Loadable, String>> loadedWanted = new HashMap<>();

    public final TreeMap<String, Seen.Box> boxes = new TreeMap<>();
    public final TreeMap<String, Seen.OfBalancer> balancers = new TreeMap<>();
    public final TreeMap<String, Map<Loadable, String>> webServers = new TreeMap<>();
    final TreeSet<String> holders = new TreeSet<>(List.of("haproxy-a"));
    public final TreeMap<String, String> present = new TreeMap<>();
    public final TreeMap<String, String> written = new TreeMap<>();
    final TreeSet<String> open = new TreeSet<>();
    Optional<String> interrupted = Optional.empty();

    public PlannedSite() {
        for (String node : List.of("haproxy-a", "haproxy-b")) {
            wants(node, "haproxy.cfg", Loadable.HAPROXY);
            wants(node, "keepalived.conf", Loadable.KEEPALIVED);
            files.put(node + "/servers.state", "1");
            files.put(node + "/duty", "1");
            files.put("tls/balancer/site.pem", "1");
            shouldLoad(node, Loadable.CERTIFICATE, "1");
            runs(node, "balancer");
            answers(node, Duty.SERVE);
        }
        for (String node : List.of("web-a", "web-b")) {
            wants(node, "nginx.conf", Loadable.NGINX);
            runs(node, "web");
            webServers.put(node, Map.of(Loadable.NGINX, "1"));
        }
        files.put("compose.yaml", "1");
        present.putAll(files);
        written.putAll(files);
    }

    private void wants(String node, String file, Loadable part) {
        stamps.put(node, "1");
        files.put(node + "/" + file, "1");
        shouldLoad(node, part, "1");
    }

    /// What a node should load.
    public void shouldLoad(String node, Loadable part, String hash) {
        loadedWanted.computeIfAbsent(node, _ -> new EnumMap<>(Loadable.class)).put(part, hash);
    }

    private Seen.OfBalancer says(String balancer) {
        return Objects.requireNonNull(balancers.get(balancer));
    }

    /// A container of a node that runs.
    public void runs(String node, String role) {
        boxes.put(node, new Seen.Box("tandem-" + node, "running", "1", role));
    }

    /// The same in another state.
    public void state(String node, String state) {
        Seen.Box box = Objects.requireNonNull(boxes.get(node));
        boxes.put(node, new Seen.Box(box.name(), state, box.stamp(), box.role()));
    }

    /// The engine starts it again by another policy.
    public void restart(String node, String policy) {
        Seen.Box box = Objects.requireNonNull(boxes.get(node));
        boxes.put(
                node,
                new Seen.Box(
                        box.name(),
                        box.state(),
                        box.stamp(),
                        box.image(),
                        box.role(),
                        box.networks(),
                        Optional.of(policy)));
    }

    /// The same made from an image, by its name or its id.
    void image(String node, String image) {
        Seen.Box box = Objects.requireNonNull(boxes.get(node));
        boxes.put(
                node,
                new Seen.Box(
                        box.name(),
                        box.state(),
                        box.stamp(),
                        image,
                        box.role(),
                        box.networks(),
                        box.restart()));
    }

    /// A balancer that has loaded all of the first state, and uses both web servers.
    void answers(String node, Duty duty) {
        Map<Loadable, String> loaded = new EnumMap<>(Loadable.class);
        loaded.put(Loadable.HAPROXY, "1");
        loaded.put(Loadable.KEEPALIVED, "1");
        loaded.put(Loadable.CERTIFICATE, "1");
        TreeMap<String, List<Seen.OfServer>> servers = new TreeMap<>();
        servers.put("web-a", twice(ServerOrder.READY, Seen.Use.UP));
        servers.put("web-b", twice(ServerOrder.READY, Seen.Use.UP));
        balancers.put(node, new Seen.OfBalancer(true, duty, loaded, servers, List.of()));
    }

    /// How a balancer treats a web server.
    void treats(String balancer, String server, ServerOrder order, Seen.Use use) {
        Seen.OfBalancer old = says(balancer);
        TreeMap<String, List<Seen.OfServer>> servers = new TreeMap<>(old.servers());
        servers.put(server, twice(order, use));
        balancers.put(
                balancer,
                new Seen.OfBalancer(old.serving(), old.duty(), old.loaded(), servers, old.added()));
    }

    private static List<Seen.OfServer> twice(ServerOrder order, Seen.Use use) {
        Seen.OfServer one = new Seen.OfServer(order, use);
        return List.of(one, one);
    }

    /// An address that somebody gave a balancer by hand.
    void hasAddress(String balancer, String cidr, String device) {
        Seen.OfBalancer old = says(balancer);
        List<Seen.Added> added = List.of(new Seen.Added(cidr, device));
        balancers.put(
                balancer,
                new Seen.OfBalancer(old.serving(), old.duty(), old.loaded(), old.servers(), added));
    }

    /// What a balancer says that it has loaded.
    public void hasLoaded(String balancer, Loadable part, String hash) {
        Seen.OfBalancer old = says(balancer);
        Map<Loadable, String> loaded = new EnumMap<>(old.loaded());
        loaded.put(part, hash);
        balancers.put(
                balancer,
                new Seen.OfBalancer(old.serving(), old.duty(), loaded, old.servers(), old.added()));
    }

    /// Another text of a file, which a node should load.
    public void changes(String node, String file, Loadable part) {
        files.put(node + "/" + file, "2");
        shouldLoad(node, part, "2");
    }

    /// The wanted image of each role.
    final Map<String, String> images = new TreeMap<>();

    public Wanted wanted() {
        return new Wanted(site, orders, stamps, files, loadedWanted, images);
    }

    public Seen seen() {
        return seen(Origin.edited(Optional.of(applied), site, interrupted));
    }

    Seen seen(Origin origin) {
        return new Seen(
                boxes,
                balancers,
                webServers,
                holders,
                new Seen.Files(present, written, open),
                origin);
    }

    public String plan() {
        return Planner.plan(wanted(), seen()).toString();
    }

    List<String> harm() {
        return Guard.harm(wanted(), seen(), Planner.plan(wanted(), seen()));
    }
}
