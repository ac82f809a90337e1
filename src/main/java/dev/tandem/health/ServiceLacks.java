package dev.tandem.health;

import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpService;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// What TCP services lack. Pure. Where a check chooses by role, one server in rotation is enough:
/// the others may be well, and have another part to play.
final class ServiceLacks {
    private ServiceLacks() {}

    static List<Lack> of(Site site, Orders orders, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        for (TcpService.Group group : site.tcpGroups()) {
            boolean byRole = group.service().check().choosesByRole();
            for (TcpServer server : group.servers()) {
                Readiness.server(seen, server.name(), orders).stream()
                        .filter(lack -> !byRole || !isServed(group, lack, seen))
                        .forEach(lacks::add);
            }
        }
        return lacks;
    }

    /// Whether the balancer that sees this server down sees another one up.
    private static boolean isServed(TcpService.Group group, Lack lack, Snapshot seen) {
        return lack instanceof Lack.SeenDown(_, String balancer, _)
                && seen.answer(balancer).stream()
                        .map(Answered::servers)
                        .flatMap(List::stream)
                        .filter(one -> one.backend().equals(group.name()))
                        .anyMatch(ServerSeen::up);
    }
}
