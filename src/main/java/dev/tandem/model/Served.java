package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.util.List;

/// What a balancer is worth the VIP for: a pool, of which it sees a web server in both backends.
/// Where there are no web servers, a service, of which it sees a server (decision 0068).
///
/// @param name what the init of a balancer calls it
/// @param backends HAProxy's backends, each of which must have a server that is up
public record Served(String name, List<String> backends) {
    public Served {
        backends = List.copyOf(backends);
    }

    /// All that a site has.
    public static List<Served> of(Site site) {
        if (site.hasWebServers()) {
            return site.pools().stream().map(Served::of).toList();
        }
        return site.tcpGroups().stream()
                .map(TcpService.Group::name)
                .map(name -> new Served(name, List.of(name)))
                .toList();
    }

    private static Served of(Pool pool) {
        return new Served(
                pool.name(),
                List.of(pool.checked(Scheme.HTTP).name(), pool.checked(Scheme.HTTPS).name()));
    }
}
