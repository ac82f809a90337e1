package dev.tandem.prepare;

import dev.tandem.docker.Container;
import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Network;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import dev.tandem.render.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks for obstacles before anything is started. Pure: it only reads facts.
///
/// {@link LanChoice} decides where the LAN is; the checks here apply to every site. The site's own
/// networks and containers are never obstacles.
final class Preflight {
    private final Site site;
    private final HostFacts host;
    private final List<Container> containers;
    private final List<Obstacle> obstacles = new ArrayList<>();

    private Preflight(Site site, HostFacts host, List<Container> containers) {
        this.site = site;
        this.host = host;
        this.containers = containers;
    }

    /// All obstacles except those of the LAN.
    ///
    /// @param containers all containers of the engine
    /// @param directory the directory of this site, as Compose records it
    static List<Obstacle> check(
            Site site, HostFacts host, List<Container> containers, String directory) {
        Preflight preflight = new Preflight(site, host, containers);
        preflight.networkName();
        site.network().map(Network::subnet).ifPresent(preflight::networkSubnet);
        preflight.hostAddresses();
        containers.forEach(container -> preflight.container(container, directory));
        return preflight.obstacles;
    }

    private void networkName() {
        foreignNetworks(host, site)
                .filter(n -> n.name().equals(site.lanNetwork()))
                .forEach(n ->
                        add(
                                "site",
                                "Docker has a network " + n.name() + " already" + owner(n),
                                "give this site another name, or " + removal(n)));
        foreignNetworks(host, site)
                .filter(n -> site.network().filter(own -> n.name().equals(own.name())).isPresent())
                .forEach(n ->
                        add(
                                "network.name",
                                "Docker has a network " + n.name() + " already" + owner(n),
                                "choose another name, or " + removal(n)));
    }

    private void networkSubnet(Subnet wanted) {
        overlappingNetwork(host, site, wanted)
                .ifPresent(n ->
                        add(
                                "network.subnet",
                                wanted + " overlaps Docker's network " + n.name() + owner(n),
                                "choose another subnet, or " + removal(n)));
        overlappingInterface(host, wanted)
                .ifPresent(i ->
                        add(
                                "network.subnet",
                                wanted + " overlaps what this host reaches through " + i,
                                "choose a subnet that no interface of this host has"));
    }

    private void hostAddresses() {
        for (Interface one : host.interfaces()) {
            for (HostFacts.Address address : one.addresses()) {
                ownAddress(one.name(), address.address());
            }
        }
    }

    private void ownAddress(String device, Ip4 address) {
        if (address.equals(site.vip().address())) {
            add(
                    "vip.address",
                    address + " is this host's own address, on " + device,
                    "the VIP must be free: choose another address of the LAN");
        }
        if (site.vips().indexOf(address) > 0) {
            add(
                    WireProbe.keyOfVip(site, address),
                    address + " is this host's own address, on " + device,
                    "a virtual IP must be free: choose another address of the LAN");
        }
        for (Balancer balancer : site.balancers()) {
            if (address.equals(balancer.lanAddress())) {
                String key = WireProbe.keyOf(site, balancer);
                add(
                        key,
                        address + " is this host's own address, on " + device,
                        "give the balancer another address of the LAN with "
                                + key.substring(key.lastIndexOf('.') + 1));
            }
        }
        if (site.hasMachines()) {
            site.ownServers().stream()
                    .filter(one -> address.equals(one.address()))
                    .forEach(one ->
                            add(
                                    "servers." + one.name() + ".address",
                                    address + " is this host's own address, on " + device,
                                    "give the web server another address of the LAN with"
                                            + " address"));
        }
    }

    private void container(Container container, String directory) {
        boolean sameProject = container.project().equals(site.name());
        boolean sameDirectory = container.directory().equals(directory);
        if (sameProject && sameDirectory) {
            return;
        }
        boolean ours =
                Stream.concat(site.services().stream(), Stream.of(Role.LAN_ROUTE.word()))
                        .map(site::container)
                        .anyMatch(container.name()::equals);
        if (sameProject) {
            add(
                    "site",
                    "a Compose project "
                            + site.name()
                            + " is already running, from "
                            + container.directory(),
                    "give this site another name with the key site, or take that one down");
        } else if (ours) {
            add(
                    "site",
                    "a container "
                            + container.name()
                            + " already exists and does not belong to this site",
                    "give this site another name, or remove it: docker rm " + container.name());
        }
    }

    private void add(String key, String what, String hint) {
        Obstacle obstacle = new Obstacle(key, what, hint);
        if (!obstacles.contains(obstacle)) {
            obstacles.add(obstacle);
        }
    }

    /// The networks of the engine that are not the site's own.
    static Stream<DockerNetwork> foreignNetworks(HostFacts host, Site site) {
        return host.networks().stream().filter(n -> !n.project().equals(site.name()));
    }

    /// A network of Docker's, not the site's own, that overlaps this subnet.
    static Optional<DockerNetwork> overlappingNetwork(HostFacts host, Site site, Subnet subnet) {
        return foreignNetworks(host, site)
                .filter(n -> n.subnets().stream().anyMatch(subnet::overlaps))
                .findFirst();
    }

    /// An interface that overlaps and is not one of Docker's bridges, as "eth0 (192.168.0.0/16)".
    static Optional<String> overlappingInterface(HostFacts host, Subnet subnet) {
        return host.interfaces().stream()
                .filter(i -> i.kind() != Kind.DOCKER_BRIDGE)
                .flatMap(i ->
                        i.addresses().stream()
                                .flatMap(a -> a.subnet().stream())
                                .filter(subnet::overlaps)
                                .map(s -> i.name() + " (" + s + ")"))
                .findFirst();
    }

    private String owner(DockerNetwork network) {
        if (network.project().isEmpty()) {
            return "";
        }
        return directory(network)
                .map(directory -> ", of " + network.project() + " in " + directory)
                .orElse(", of " + network.project());
    }

    /// What removes a network. One that something uses is not removed under its feet: whatever
    /// brought it up takes it down.
    private String removal(DockerNetwork network) {
        Optional<String> directory = directory(network);
        if (directory.isEmpty()) {
            return "remove it: docker network rm " + network.name();
        }
        Path state = Path.of(directory.get());
        Path base = state.resolve("../..").normalize();
        return base.resolve(Layout.PARENT).resolve(network.project()).equals(state)
                ? "take that site down, where its file is: cd %s && tandem down".formatted(base)
                : "take that project down: docker compose -p %s down".formatted(network.project());
    }

    /// Where the project of a network was brought up, if it has containers.
    private Optional<String> directory(DockerNetwork network) {
        return containers.stream()
                .filter(one -> !network.project().isEmpty())
                .filter(one -> one.project().equals(network.project()))
                .map(Container::directory)
                .filter(directory -> !directory.isEmpty())
                .findFirst();
    }
}
