package dev.tandem.drill.ground;

import dev.tandem.docker.Await;
import dev.tandem.docker.Nodes;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What faults act on: a site that Tandem built, or a pair that it did not. Recorded while all is
/// well, it defines "whole": the addresses and names that a node gets back.
///
/// @param site the name of the pair; for a site that Tandem built, the Compose project
/// @param toolbox an image with sh, nft, ss and haproxy, for containers that faults start: that of
///   Tandem's balancers
/// @param balancers the balancers; the first is master
/// @param servers the web servers that run in containers of its own
/// @param existing the web servers that were there already
/// @param nodes the access to the containers
public record Ground(
        String site,
        String toolbox,
        List<Node> balancers,
        List<Node> servers,
        Existing existing,
        Nodes nodes) {
    public Ground {
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
        if (balancers.isEmpty()) {
            throw new IllegalArgumentException("no balancer");
        }
    }

    /// A ground without web servers that were there already.
    public Ground(
            String site, String toolbox, List<Node> balancers, List<Node> servers, Nodes nodes) {
        this(site, toolbox, balancers, servers, Existing.NONE, nodes);
    }

    /// The ground of a site that Tandem built, from its containers.
    ///
    /// @throws dev.tandem.model.Stop if one of them does not exist
    public static Ground of(Site site, Nodes nodes) {
        List<Node> balancers =
                site.balancers().stream()
                        .map(Balancer::name)
                        .map(name -> look(name, site.container(name), nodes))
                        .toList();
        List<Node> servers =
                site.ownServers().stream()
                        .map(Server.Own::name)
                        .map(name -> look(name, site.container(name), nodes))
                        .toList();
        String toolbox = nodes.image(balancers.getFirst().container());
        Existing existing = Existing.of(site, nodes);
        return new Ground(site.name(), toolbox, balancers, servers, existing, nodes);
    }

    /// The same for those containers that exist; empty if no balancer does.
    public static Optional<Ground> existing(Site site, Nodes nodes) {
        List<Node> balancers = existing(site, site.balancers().stream().map(Balancer::name), nodes);
        List<Node> servers =
                existing(site, site.ownServers().stream().map(Server.Own::name), nodes);
        if (balancers.isEmpty()) {
            return Optional.empty();
        }
        String toolbox = nodes.image(balancers.getFirst().container());
        Existing existing = Existing.of(site, nodes);
        return Optional.of(new Ground(site.name(), toolbox, balancers, servers, existing, nodes));
    }

    private static List<Node> existing(Site site, Stream<String> names, Nodes nodes) {
        return names.filter(name -> !nodes.state(site.container(name)).equals(Nodes.ABSENT))
                .map(name -> look(name, site.container(name), nodes))
                .toList();
    }

    /// A node as it is now.
    ///
    /// @throws dev.tandem.model.Stop if its container does not exist
    public static Node look(String name, String container, Nodes nodes) {
        return new Node(name, container, nodes.attachments(container));
    }

    /// How to wait for changes of its containers.
    public Await await() {
        return nodes.await();
    }

    /// The same with another balancer as master; the same if it is none of them.
    public Ground heldBy(String name) {
        List<Node> order =
                balancers.stream()
                        .sorted(Comparator.comparing(node -> !node.name().equals(name)))
                        .toList();
        return new Ground(site, toolbox, order, servers, existing, nodes);
    }

    /// The balancer that should hold the VIP.
    public Node master() {
        return balancers.getFirst();
    }

    /// Whether a node with this name is part of it.
    public boolean has(String name) {
        return Stream.concat(balancers.stream(), servers.stream())
                .anyMatch(node -> node.name().equals(name));
    }

    /// The balancers on standby.
    public List<Node> peers() {
        return balancers.subList(1, balancers.size());
    }

    /// Whether none of its containers exists any more: the site was taken down.
    public boolean isGone() {
        return Stream.concat(balancers.stream(), servers.stream())
                .allMatch(node -> nodes.state(node.container()).equals(Nodes.ABSENT));
    }
}
