package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpService;
import dev.tandem.observe.Snapshot;
import java.util.List;

/// A TCP service in a {@link Picture}.
///
/// @param service the service in the site file
/// @param servers its servers, in the order of the file
public record ServiceView(TcpService service, List<OfServer> servers) {
    public ServiceView {
        servers = List.copyOf(servers);
    }

    /// One of its servers.
    ///
    /// @param server the server in the site file
    /// @param seenBy how each balancer sees it, in the order of the file
    public record OfServer(TcpServer server, List<ServerView.SeenBy> seenBy) {
        public OfServer {
            seenBy = List.copyOf(seenBy);
        }
    }

    /// The view from a snapshot.
    static ServiceView of(TcpService service, Site site, Snapshot snapshot) {
        return new ServiceView(
                service, service.all().stream().map(one -> server(one, site, snapshot)).toList());
    }

    private static OfServer server(TcpServer server, Site site, Snapshot snapshot) {
        return new OfServer(
                server,
                site.balancers().stream()
                        .map(Balancer::name)
                        .map(name ->
                                new ServerView.SeenBy(
                                        name, ServerView.seen(server.name(), name, snapshot)))
                        .toList());
    }
}
