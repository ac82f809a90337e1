package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.model.Ip4;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The state of a site at one moment.
///
/// @param containers the containers of the site's Compose project, by service
/// @param balancers what each balancer of the site reports, by name
/// @param ownServers what each of the site's own web servers reports, by name; one that was not
///   asked is missing
/// @param attached by network, the address of each running container on it; empty when nobody
///   looked
/// @param restart how the engine starts each container again, by its name; empty when nobody looked
/// @param placement where its nodes are, over several machines
public record Snapshot(
        Map<String, Container> containers,
        Map<String, BalancerSeen> balancers,
        Map<String, OwnServerSeen> ownServers,
        Optional<Map<String, Map<String, String>>> attached,
        Map<String, String> restart,
        Placement placement) {
    public Snapshot {
        restart = Map.copyOf(restart);
        containers = Map.copyOf(containers);
        balancers = Map.copyOf(balancers);
        ownServers = Map.copyOf(ownServers);
        attached = attached.map(Map::copyOf);
    }

    /// A snapshot of a site without machines.
    public Snapshot(
            Map<String, Container> containers,
            Map<String, BalancerSeen> balancers,
            Map<String, OwnServerSeen> ownServers,
            Optional<Map<String, Map<String, String>>> attached,
            Map<String, String> restart) {
        this(containers, balancers, ownServers, attached, restart, Placement.NONE);
    }

    /// A snapshot for which no web server was asked.
    public Snapshot(Map<String, Container> containers, Map<String, BalancerSeen> balancers) {
        this(containers, balancers, Map.of());
    }

    /// A snapshot for which nobody asked the engine for more than its list of containers.
    public Snapshot(
            Map<String, Container> containers,
            Map<String, BalancerSeen> balancers,
            Map<String, OwnServerSeen> ownServers) {
        this(containers, balancers, ownServers, Optional.empty(), Map.of());
    }

    /// The same containers, of which these balancers say something.
    public Snapshot with(Map<String, BalancerSeen> others) {
        return new Snapshot(containers, others, ownServers, attached, restart, placement);
    }

    /// The address of a running container on each network that it is attached to; empty when nobody
    /// looked.
    public Optional<Map<String, String>> networksOf(String container) {
        return attached.map(networks -> {
            Map<String, String> its = new TreeMap<>();
            networks.forEach((network, members) -> {
                String address = members.get(container);
                if (address != null) {
                    its.put(network, address);
                }
            });
            return its;
        });
    }

    /// The container of a service.
    public Optional<Container> container(String service) {
        return Optional.ofNullable(containers.get(service));
    }

    /// The name of a service's container; empty when there is none.
    public Optional<String> containerName(String service) {
        return container(service).map(Container::name);
    }

    /// Docker's word for the state of a service's container; `absent` when there is none, `unknown`
    /// when its machine is silent.
    public String state(String service) {
        return container(service)
                .map(Container::state)
                .orElse(placement.silence(service).isPresent() ? "unknown" : "absent");
    }

    /// Whether the check in a service's container says that it is not well, as Docker shows it.
    public boolean findsItselfUnwell(String service) {
        return container(service).filter(Container::unhealthy).isPresent();
    }

    /// Who holds the VIP: every balancer that has it on its interface, and every one whose MAC
    /// answers for it on the LAN. A MAC that belongs to no balancer is listed itself. One entry is
    /// correct; none means that the VIP does not answer; two mean a split brain.
    public SortedSet<String> vipHolders() {
        SortedSet<String> holders = new TreeSet<>();
        for (String name : balancers.keySet()) {
            answer(name)
                    .ifPresent(answered -> {
                        if (answered.holdsVip()) {
                            holders.add(name);
                        }
                        answered.arp().forEach(mac -> holders.add(whose(mac)));
                    });
        }
        return holders;
    }

    /// The balancers that say that this address is on their interface on the LAN.
    public List<String> with(Ip4 address) {
        String start = address + "/";
        return balancers.keySet().stream()
                .filter(name ->
                        answer(name).stream()
                                .flatMap(one -> one.standing().addresses().stream())
                                .filter(one -> !one.device().equals("lo"))
                                .anyMatch(one -> one.cidr().startsWith(start)))
                .sorted()
                .toList();
    }

    /// The answer of a balancer; empty when there is none, or it was not asked.
    public Optional<BalancerSeen.Answered> answer(String balancer) {
        return balancers.get(balancer) instanceof BalancerSeen.Answered answered
                ? Optional.of(answered)
                : Optional.empty();
    }

    /// The answers of the balancers that gave one.
    public List<BalancerSeen.Answered> answers() {
        return balancers.keySet().stream().flatMap(name -> answer(name).stream()).toList();
    }

    /// Balancers whose containers are running, but which did not answer.
    public List<String> late() {
        return balancers.keySet().stream()
                .filter(name -> state(name).equals("running"))
                .filter(name -> answer(name).isEmpty())
                .sorted()
                .toList();
    }

    private String whose(String mac) {
        return balancers.keySet().stream()
                .filter(name -> answer(name).filter(seen -> seen.mac().equals(mac)).isPresent())
                .findFirst()
                .orElse(mac);
    }
}
