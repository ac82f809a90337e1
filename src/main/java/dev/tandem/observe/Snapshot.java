package dev.tandem.observe;

import dev.tandem.docker.Container;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// One look at a site.
///
/// @param containers those of the site's Compose project, by service
/// @param balancers what each balancer of the site says, by name
public record Snapshot(Map<String, Container> containers, Map<String, BalancerSeen> balancers) {
    public Snapshot {
        containers = Map.copyOf(containers);
        balancers = Map.copyOf(balancers);
    }

    /// The container of a service.
    public Optional<Container> container(String service) {
        return Optional.ofNullable(containers.get(service));
    }

    /// Docker's word for the state of a service's container; `absent` when there is none.
    public String state(String service) {
        return container(service).map(Container::state).orElse("absent");
    }

    /// Who holds the VIP: every balancer that has it on its interface, and every one whose MAC
    /// answers for it on the LAN. A MAC that belongs to no balancer stands for itself. One entry is
    /// right; none: nobody answers; two: a split brain.
    public SortedSet<String> vipHolders() {
        SortedSet<String> holders = new TreeSet<>();
        balancers.forEach((name, seen) -> {
            if (seen instanceof BalancerSeen.Answered answered) {
                if (answered.holdsVip()) {
                    holders.add(name);
                }
                answered.arp().forEach(mac -> holders.add(whose(mac)));
            }
        });
        return holders;
    }

    /// The answers of the balancers that gave one.
    public List<BalancerSeen.Answered> answers() {
        return balancers.values().stream()
                .flatMap(seen ->
                        seen instanceof BalancerSeen.Answered answered
                                ? java.util.stream.Stream.of(answered)
                                : java.util.stream.Stream.empty())
                .toList();
    }

    private String whose(String mac) {
        return balancers.entrySet().stream()
                .filter(e -> e.getValue() instanceof BalancerSeen.Answered a && a.mac().equals(mac))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(mac);
    }
}
