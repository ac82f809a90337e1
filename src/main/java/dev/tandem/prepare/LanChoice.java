package dev.tandem.prepare;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides how the LAN is built on this machine, or says why it cannot be. Pure.
///
/// 1. `interface: NAME`: macvlan on that interface, if it exists and supports macvlan.
/// 2. `interface: auto`, and an interface of the host has exactly the VIP's subnet: macvlan on it.
/// 3. `interface: auto`, and none overlaps the subnet: a bridge that Tandem creates; over several
///    machines, an obstacle.
///
/// Macvlan fails on Wi-Fi, since an access point accepts one MAC address per station, and Docker
/// allows only one macvlan network per interface.
///
/// @param lan the decision; empty when there are obstacles
/// @param obstacles what is in the way
record LanChoice(Optional<Lan> lan, List<Obstacle> obstacles) {
    private static final String HOSTS_OWN =
            " is this host's: the LAN is a bridge that Tandem makes, with the host at its"
                    + " first address";

    static LanChoice choose(Site site, HostFacts host) {
        return choose(site, site.vip().lanInterface(), host);
    }

    private static LanChoice choose(Site site, LanInterface lanInterface, HostFacts host) {
        return switch (lanInterface) {
            case LanInterface.Named named -> named(site, host, named.name());
            case LanInterface.Auto() -> auto(site, host);
        };
    }

    /// The LAN on one of the site's machines. A bridge would end there, so it is none.
    ///
    /// @param host what that machine has
    static LanChoice on(Site site, Machine machine, HostFacts host) {
        LanChoice choice = choose(site, machine.lanInterface(), host);
        if (choice.lan().equals(Optional.of(new Lan.Bridge()))) {
            return refused(
                    key(machine),
                    "no interface of %s has %s, and a bridge that Tandem makes would end there"
                            .formatted(machine.name(), site.vip().subnet()),
                    "name the interface that leads to the other machines, such as"
                            + " 'interface: eno1', or correct vip.subnet");
        }
        List<Obstacle> there =
                choice.obstacles().stream()
                        .map(one ->
                                new Obstacle(
                                        one.key().equals("vip.interface")
                                                ? key(machine)
                                                : one.key(),
                                        "on " + machine.name() + ": " + one.what(),
                                        one.hint()))
                        .toList();
        return new LanChoice(choice.lan(), there);
    }

    /// The LAN on a machine that was not asked: what the file says.
    static LanChoice unseen(Site site, Machine machine) {
        return switch (machine.lanInterface()) {
            case LanInterface.Named named ->
                    new LanChoice(
                            Optional.of(
                                    new Lan.Macvlan(
                                            named.name(),
                                            site.vip().gateway(),
                                            ownAddress(site, machine))),
                            List.of());
            case LanInterface.Auto() ->
                    refused(
                            key(machine),
                            "nobody asked %s which of its interfaces has %s"
                                    .formatted(machine.name(), site.vip().subnet()),
                            "name it, such as 'interface: eno1'; or vip.interface, where all"
                                    + " machines call it the same");
        };
    }

    /// Where ssh goes is the machine's own address, if it is one of the LAN.
    private static Optional<Ip4> ownAddress(Site site, Machine machine) {
        return machine.reach() instanceof Reach.Ssh ssh
                ? Ip4.parse(ssh.host()).filter(site.vip().subnet()::contains)
                : Optional.empty();
    }

    private static String key(Machine machine) {
        return "machines." + machine.name() + ".interface";
    }

    /// The LAN on an unknown machine: what the file says, and a bridge if it says nothing.
    static Lan elsewhere(Site site) {
        if (site.hasMachines()) {
            SortedMap<String, Lan.Macvlan> each = new TreeMap<>();
            site.machines().forEach(one -> each.put(one.name(), elsewhere(site, one)));
            return new Lan.Machines(each);
        }
        return switch (site.vip().lanInterface()) {
            case LanInterface.Named named ->
                    new Lan.Macvlan(named.name(), site.vip().gateway(), Optional.empty());
            case LanInterface.Auto() -> new Lan.Bridge();
        };
    }

    private static Lan.Macvlan elsewhere(Site site, Machine machine) {
        return unseen(site, machine).lan().orElse(null) instanceof Lan.Macvlan lan
                ? lan
                : new Lan.Macvlan("auto", site.vip().gateway(), Optional.empty());
    }

    /// The LAN on all machines of the site when only this one can be looked at.
    ///
    /// @param here what this machine has
    static LanChoice fromHere(Site site, HostFacts here) {
        SortedMap<String, Lan.Macvlan> each = new TreeMap<>();
        List<Obstacle> obstacles = new ArrayList<>();
        for (Machine machine : site.machines()) {
            LanChoice seen =
                    machine.reach() instanceof Reach.Here
                            ? on(site, machine, here)
                            : unseen(site, machine);
            LanChoice choice = seen.lan().isPresent() ? seen : unseen(site, machine);
            if (choice.lan().orElse(null) instanceof Lan.Macvlan lan) {
                each.put(machine.name(), lan);
            } else {
                obstacles.addAll(seen.obstacles());
            }
        }
        return obstacles.isEmpty()
                ? new LanChoice(Optional.of(new Lan.Machines(each)), List.of())
                : new LanChoice(Optional.empty(), obstacles);
    }

    private static LanChoice named(Site site, HostFacts host, String name) {
        Optional<Interface> found = host.named(name);
        if (found.isEmpty()) {
            String there =
                    host.interfaces().stream()
                            .filter(i -> i.kind() == Kind.ETHERNET)
                            .map(Interface::name)
                            .sorted()
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("none");
            return refused(
                    "vip.interface",
                    "this host has no interface " + name,
                    "interfaces that can carry the LAN: " + there + "; or interface: auto");
        }
        Optional<String> elsewhere =
                host.interfaces().stream()
                        .filter(i -> !i.name().equals(name) && i.kind() != Kind.DOCKER_BRIDGE)
                        .filter(i -> holds(i, site.vip().subnet()))
                        .map(Interface::name)
                        .findFirst();
        if (elsewhere.isPresent()) {
            return refused(
                    "vip.interface",
                    site.vip().subnet() + " is on " + elsewhere.get() + ", not on " + name,
                    "interface: " + elsewhere.get() + ", or another subnet");
        }
        Optional<String> overlap =
                Preflight.overlappingInterface(without(host, name), site.vip().subnet());
        if (overlap.isPresent()) {
            return refused(
                    "vip.subnet",
                    site.vip().subnet()
                            + " overlaps what this host reaches through "
                            + overlap.get(),
                    "choose a subnet that no other interface of this host has");
        }
        return macvlan(site, host, found.get());
    }

    private static HostFacts without(HostFacts host, String name) {
        List<Interface> others =
                host.interfaces().stream().filter(i -> !i.name().equals(name)).toList();
        return new HostFacts(others, host.gateways(), host.networks());
    }

    private static LanChoice auto(Site site, HostFacts host) {
        Subnet subnet = site.vip().subnet();
        for (Interface candidate : host.interfaces()) {
            if (candidate.kind() != Kind.DOCKER_BRIDGE && holds(candidate, subnet)) {
                return macvlan(site, host, candidate);
            }
        }
        Optional<String> overlap = Preflight.overlappingInterface(host, subnet);
        if (overlap.isPresent()) {
            return refused(
                    "vip.subnet",
                    subnet + " overlaps what this host reaches through " + overlap.get(),
                    "if that is the LAN, write its subnet exactly like that; otherwise"
                            + " choose another");
        }
        return bridge(site, host);
    }

    /// On Tandem's own bridge the host has the first address; on a real LAN any machine may have
    /// it.
    private static LanChoice bridge(Site site, HostFacts host) {
        Ip4 first = site.vip().subnet().gateway();
        if (first.equals(site.vip().address())) {
            return refused("vip.address", first + HOSTS_OWN, "choose another address");
        }
        for (Balancer balancer : site.balancers()) {
            if (first.equals(balancer.lanAddress())) {
                String key = "balancers." + balancer.name() + ".lan_address";
                return refused(key, first + HOSTS_OWN, "choose another address");
            }
        }
        return checked(site, host, new Lan.Bridge());
    }

    private static LanChoice macvlan(Site site, HostFacts host, Interface parent) {
        Optional<Obstacle> unfit = unfit(parent).or(() -> taken(site, host, parent));
        if (unfit.isPresent()) {
            return new LanChoice(Optional.empty(), List.of(unfit.get()));
        }
        Optional<Ip4> own =
                parent.addresses().stream()
                        .map(HostFacts.Address::address)
                        .filter(site.vip().subnet()::contains)
                        .findFirst();
        return checked(
                site, host, new Lan.Macvlan(parent.name(), gateway(site, host, parent), own));
    }

    private static Optional<Obstacle> unfit(Interface parent) {
        return switch (parent.kind()) {
            case WIRELESS ->
                    Optional.of(
                            new Obstacle(
                                    "vip.interface",
                                    parent.name()
                                            + " is Wi-Fi, which cannot carry macvlan: an access"
                                            + " point accepts one MAC address per station",
                                    "use a wired interface; or a subnet that no interface"
                                            + " has, for a"
                                            + " bridge that Tandem makes"));
            case DOCKER_BRIDGE, NO_LINK_LAYER ->
                    Optional.of(
                            new Obstacle(
                                    "vip.interface",
                                    parent.name()
                                            + " cannot carry macvlan: it is not an Ethernet"
                                            + " interface",
                                    "name a wired interface of the LAN, or interface: auto"));
            case ETHERNET -> Optional.empty();
        };
    }

    private static Optional<Obstacle> taken(Site site, HostFacts host, Interface parent) {
        return Preflight.foreignNetworks(host, site)
                .filter(n -> n.parent().equals(parent.name()))
                .map(n ->
                        new Obstacle(
                                "vip.interface",
                                ("%s already carries Docker's network %s (%s),"
                                                + " and Docker uses an interface only once")
                                        .formatted(parent.name(), n.name(), n.driver()),
                                "use another interface, such as a VLAN of this one; or take down"
                                        + " what that network belongs to"
                                        + (n.project().isEmpty()
                                                ? ""
                                                : ": docker compose ls --filter name="
                                                        + n.project())))
                .findFirst();
    }

    private static Optional<Ip4> gateway(Site site, HostFacts host, Interface parent) {
        return site.vip()
                .gateway()
                .or(() ->
                        host.gateways().stream()
                                .filter(route -> route.device().equals(parent.name()))
                                .map(HostFacts.DefaultRoute::via)
                                .filter(site.vip().subnet()::contains)
                                .findFirst());
    }

    /// The last check: no network of Docker's may overlap the subnet, however the LAN is built.
    private static LanChoice checked(Site site, HostFacts host, Lan lan) {
        Subnet subnet = site.vip().subnet();
        return Preflight.overlappingNetwork(host, site, subnet)
                .map(network ->
                        refused(
                                "vip.subnet",
                                subnet + " overlaps Docker's network " + network.name(),
                                "choose another subnet, or take down what that network belongs"
                                        + " to"))
                .orElseGet(() -> new LanChoice(Optional.of(lan), new ArrayList<>()));
    }

    private static boolean holds(Interface candidate, Subnet subnet) {
        return candidate.addresses().stream()
                .flatMap(a -> a.subnet().stream())
                .anyMatch(subnet::equals);
    }

    private static LanChoice refused(String key, String what, String hint) {
        return new LanChoice(Optional.empty(), List.of(new Obstacle(key, what, hint)));
    }
}
