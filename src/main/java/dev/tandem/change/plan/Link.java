package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An attachment of a container to a network that is not as wanted. Pure.
///
/// @param network the network's name in the engine
/// @param address the address that the container should have there
/// @param now the address that it has there instead; empty when it is not attached
public record Link(String network, String address, Optional<String> now) {

    /// The attachments of a running container that are not as wanted. Those of one that is to be
    /// replaced do not matter: its new container gets all of them.
    public static List<Link> wrong(Wanted wanted, Seen seen, String node) {
        Seen.Box box = seen.containers().get(node);
        if (box == null
                || !box.running()
                || box.networks().isEmpty()
                || !wanted.isMadeOf(node, box)) {
            return List.of();
        }
        Map<String, String> has = box.networks().get();
        return wanted(wanted.site(), node).stream()
                .map(link ->
                        new Link(
                                link.network(),
                                link.address(),
                                Optional.ofNullable(has.get(link.network()))))
                .filter(link -> !link.now().equals(Optional.of(link.address())))
                .toList();
    }

    private static List<Link> wanted(Site site, String node) {
        List<Link> links = new ArrayList<>();
        for (Balancer balancer : site.balancers()) {
            if (balancer.name().equals(node)) {
                links.add(wanted(site.lanNetwork(), balancer.lanAddress()));
                site.network().ifPresent(own -> links.add(wanted(own.name(), balancer.address())));
            }
        }
        for (Server.Own server : site.ownServers()) {
            if (server.name().equals(node)) {
                String network = site.network().map(Network::name).orElse(site.lanNetwork());
                links.add(wanted(network, server.address()));
            }
        }
        return links;
    }

    private static Link wanted(String network, Object address) {
        return new Link(network, address.toString(), Optional.empty());
    }

    /// What is wrong, in a few words.
    public String words() {
        return now.map(other -> "has %s on %s, not %s".formatted(other, network, address))
                .orElseGet(() -> "is not attached to " + network);
    }

    /// What is wanted, in a few words.
    String text() {
        return network + " " + address;
    }
}
