package dev.tandem.drill.ground;

import dev.tandem.docker.Attachment;
import dev.tandem.docker.Nodes;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The web servers of a site that were there already, those with a `url`. Tandem did not start
/// them; a fault can strike one only if the container that has its address is on this engine.
///
/// @param here those that are
/// @param elsewhere the others, in words: `shop (10.0.0.7)`
public record Existing(List<Node> here, List<String> elsewhere) {
    /// There are no such web servers.
    public static final Existing NONE = new Existing(List.of(), List.of());

    public Existing {
        here = List.copyOf(here);
        elsewhere = List.copyOf(elsewhere);
    }

    /// Those of a site. The engine is asked only if there are any.
    static Existing of(Site site, Nodes nodes) {
        List<Server.Existing> servers =
                site.allServers().stream()
                        .filter(Server.Existing.class::isInstance)
                        .map(Server.Existing.class::cast)
                        .toList();
        return servers.isEmpty() ? NONE : among(servers, nodes.running());
    }

    /// Those of these web servers that are among these containers. Two with one address are in
    /// networks that know nothing of each other: which one the balancers mean is not known.
    ///
    /// @param containers the networks of each, by its name
    static Existing among(List<Server.Existing> servers, Map<String, List<Attachment>> containers) {
        List<Node> here = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (Server.Existing server : servers) {
            List<Node> found =
                    containers.entrySet().stream()
                            .filter(one -> one.getValue().stream().anyMatch(at -> is(server, at)))
                            .map(one -> new Node(server.name(), one.getKey(), one.getValue()))
                            .toList();
            if (found.size() == 1) {
                here.addAll(found);
            } else {
                elsewhere.add("%s (%s)".formatted(server.name(), server.host()));
            }
        }
        return new Existing(here, elsewhere);
    }

    /// A host is an address, or a name in Docker's DNS.
    private static boolean is(Server.Existing server, Attachment at) {
        return at.address().equals(server.host()) || at.aliases().contains(server.host());
    }

    /// The first that can be struck.
    public Optional<Node> first() {
        return here.stream().findFirst();
    }
}
