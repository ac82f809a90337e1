package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.Placement;
import dev.tandem.observe.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A site as observed, without any judgement: who holds the VIP, what each balancer reports about
/// itself, and each web server as each balancer sees it. What is unknown is empty, never a guess.
///
/// @param site what its file asks for
/// @param lan how its LAN is built; empty when it was not brought up from here
/// @param holders who holds the VIP; empty when no balancer answered, so the LAN was not asked
/// @param own virtual IPs of balancers' own, in the order of the file
/// @param balancers in the order of the file
/// @param servers in the order of the file
/// @param services TCP services, in the order of the file
/// @param containers how many containers of the site there are, in whatever state
/// @param placement where its nodes are, over several machines
public record Picture(
        Site site,
        Optional<Lan> lan,
        Optional<List<String>> holders,
        List<OwnVip> own,
        List<BalancerView> balancers,
        List<ServerView> servers,
        List<ServiceView> services,
        int containers,
        Placement placement) {
    public Picture {
        own = List.copyOf(own);
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
        services = List.copyOf(services);
    }

    /// A virtual IP that is first at one balancer.
    ///
    /// @param holders the balancers that have it; empty when no balancer answered
    public record OwnVip(Ip4 address, String first, Optional<List<String>> holders) {}

    private static Stream<OwnVip> own(Balancer owner, Snapshot snapshot) {
        return owner.vips().stream()
                .map(vip ->
                        new OwnVip(
                                vip,
                                owner.name(),
                                snapshot.answers().isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(snapshot.with(vip))));
    }

    /// The picture from a snapshot.
    public static Picture of(Site site, Optional<Lan> lan, Snapshot snapshot) {
        return new Picture(
                site,
                lan,
                snapshot.answers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(List.copyOf(snapshot.vipHolders())),
                site.owners().stream().flatMap(one -> own(one, snapshot)).toList(),
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
