package dev.tandem.health;

import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.Placement;
import dev.tandem.observe.Snapshot;
import java.util.List;
import java.util.Optional;

/// A site as observed, without any judgement: who holds the VIP, what each balancer reports about
/// itself, and each web server as each balancer sees it. What is unknown is empty, never a guess.
///
/// @param site what its file asks for
/// @param lan how its LAN is built; empty when it was not brought up from here
/// @param holders who holds the VIP; empty when no balancer answered, so the LAN was not asked
/// @param balancers in the order of the file
/// @param servers in the order of the file
/// @param services TCP services, in the order of the file
/// @param containers how many containers of the site there are, in whatever state
/// @param placement where its nodes are, over several machines
public record Picture(
        Site site,
        Optional<Lan> lan,
        Optional<List<String>> holders,
        List<BalancerView> balancers,
        List<ServerView> servers,
        List<ServiceView> services,
        int containers,
        Placement placement) {
    public Picture {
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
        services = List.copyOf(services);
    }

    /// The picture from a snapshot.
    public static Picture of(Site site, Optional<Lan> lan, Snapshot snapshot) {
        return new Picture(
                site,
                lan,
                snapshot.answers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(List.copyOf(snapshot.vipHolders())),
                site.balancers().stream().map(one -> BalancerView.of(one, snapshot)).toList(),
                site.allServers().stream().map(one -> ServerView.of(one, site, snapshot)).toList(),
                site.tcpServices().stream()
                        .map(one -> ServiceView.of(one, site, snapshot))
                        .toList(),
                snapshot.containers().size(),
                snapshot.placement());
    }

    /// Whether nothing is running at all: not failed, but never brought up. What a silent machine
    /// has is not known.
    public boolean absent() {
        return containers == 0 && placement.silent().isEmpty();
    }
}
