package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.MachinePart;
import dev.tandem.file.Draft.MachinesPart;
import dev.tandem.file.Draft.NetworkPart;
import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.PoolPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Draft.VipPart;
import dev.tandem.file.Fields.Named;
import dev.tandem.file.PathRules.Url;
import dev.tandem.file.RouteChecks.Beside;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.CheckLoad;
import dev.tandem.model.Limits;
import dev.tandem.model.Listen;
import dev.tandem.model.Machine;
import dev.tandem.model.NamedPool;
import dev.tandem.model.Network;
import dev.tandem.model.OwnLines;
import dev.tandem.model.Return;
import dev.tandem.model.Routing;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Vip;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the whole tree: calls the binder of each section, then the checks across sections, and
/// builds the site when there is no problem left.
final class SiteBinder {
    private SiteBinder() {}

    static Optional<Site> bind(Mapping mapping, Problems problems, Surroundings surroundings) {
        Fields root = Fields.root(mapping, problems);
        Draft draft = draft(root, problems, surroundings);
        TcpAlone.check(root, problems);
        new NameChecks(problems).check(draft);
        HandoverRule.check(draft, problems);
        OwnVipsRule.check(draft, problems);
        MachineChecks machines = new MachineChecks(problems, draft);
        machines.check();
        new AddressChecks(problems).check(draft);
        Map<String, String> kept =
                draft.name().map(name -> surroundings.placed(name.value())).orElse(Map.of());
        Draft filled = new AddressFiller(problems, machines.placed(kept)).fill();
        new UrlChecks(problems, filled).check();
        new ServiceChecks(problems, filled).check();
        StickyBinder.check(filled, problems);
        new RouteChecks(problems, draft.routing(), beside(root, draft)).check();
        return problems.isEmpty() ? Optional.of(site(filled)) : Optional.empty();
    }

    private static Set<Beside> beside(Fields root, Draft draft) {
        Set<Beside> beside = EnumSet.noneOf(Beside.class);
        if (root.has(WebKeys.TLS, AccessKeys.CLIENTS)) {
            beside.add(Beside.CLIENT_CERTIFICATES);
        }
        OwnLines lines = draft.frontDoor().haproxy();
        if (Stream.concat(
                        Stream.of(lines.http(), lines.https(), lines.backend()),
                        lines.pool().stream().map(OwnLines.OfPool::lines))
                .flatMap(List::stream)
                .anyMatch(line -> line.contains("track-sc3"))) {
            beside.add(Beside.COUNTING_LINES);
        }
        return beside;
    }

    private static Draft draft(Fields root, Problems problems, Surroundings surroundings) {
        FileChecks files = new FileChecks(problems, surroundings);
        Optional<Found<String>> name = root.optional(FrontKeys.SITE, NameRules::name);
        VipPart vip = VipBinder.bind(root);
        NetworkPart network = network(root, problems);
        MachinesPart machines = MachinesBinder.bind(root, problems);
        List<BalancerPart> balancers = BalancersBinder.bind(root);
        Optional<Listen> listen = ListenBinder.bind(root, problems);
        Limits usual = listen.map(ports -> Limits.usual(ports.headerSize())).orElse(Limits.DEFAULT);
        List<Named> pools = PoolsBinder.pools(root);
        List<ServerPart> servers = ServersBinder.bind(root, pools, problems, files);
        Optional<Backend> backend = BackendBinder.bind(root, servers, problems, files);
        return new Draft(
                name,
                vip,
                network,
                machines,
                balancers,
                listen,
                backend,
                servers,
                TlsBinder.bind(root, problems, files),
                TimingBinder.bind(root, load(servers)),
                root.optional(TimeKeys.HANDOVER, HandoverRule.WORD),
                DrillBinder.bind(root),
                LimitsBinder.bind(root, usual),
                DoorBinder.bind(
                        root,
                        pools.stream().map(pool -> pool.name().value()).toList(),
                        problems,
                        files),
                ServicesBinder.bind(root, problems),
                PoolsBinder.bind(
                        root,
                        pools,
                        pool -> BackendBinder.of(pool, servers, problems, files),
                        files));
    }

    /// One whose scheme is not known yet is among the problems, and then there is no site.
    private static CheckLoad load(List<ServerPart> servers) {
        int encrypted =
                servers.stream()
                        .mapToInt(server ->
                                switch (server) {
                                    case OwnPart _ -> 1;
                                    case ExistingPart there -> isEncrypted(there) ? 2 : 0;
                                })
                        .sum();
        return new CheckLoad(2 * servers.size() - encrypted, encrypted);
    }

    private static boolean isEncrypted(ExistingPart there) {
        return there.url().filter(url -> url.value().scheme() == Scheme.HTTPS).isPresent();
    }

    private static NetworkPart network(Fields root, Problems problems) {
        if (root.has(FrontKeys.MACHINES)) {
            if (root.has(FrontKeys.NETWORK)) {
                problems.add(
                        root.spotOf(FrontKeys.NETWORK),
                        "network: with 'machines' there is none: balancers and web servers meet on"
                                + " the LAN",
                        "remove it; each node gets an address in vip.subnet");
            }
            return NetworkPart.NONE;
        }
        Fields network = root.section(FrontKeys.NETWORK);
        Optional<Found<Subnet>> subnet =
                network.optional(FrontKeys.NETWORK_SUBNET, AddressRules::subnet);
        return new NetworkPart(
                network.optional(FrontKeys.NETWORK_NAME, NameRules::name),
                subnet,
                subnet.filter(_ -> network.has(FrontKeys.NETWORK_SUBNET)).map(Found::spot));
    }

    private static Site site(Draft draft) {
        return new Site(
                draft.name().orElseThrow().value(),
                vip(draft.vip()),
                network(draft),
                draft.machines().all().stream().map(one -> machine(one, draft.vip())).toList(),
                draft.balancers().stream().map(SiteBinder::balancer).toList(),
                draft.listen().orElseThrow(),
                draft.backend().orElseThrow(),
                servers(draft, Optional.empty()),
                draft.tls(),
                draft.timing().orElseThrow(),
                HandoverRule.of(draft),
                draft.budget(),
                draft.limits(),
                draft.frontDoor(),
                draft.services().stream().map(part -> part.service().orElseThrow()).toList(),
                routing(draft));
    }

    private static Routing routing(Draft draft) {
        return new Routing(
                draft.routing().pools().stream().map(pool -> pool(draft, pool)).toList(),
                draft.routing().routes().stream().map(RouteChecks::route).toList());
    }

    private static NamedPool pool(Draft draft, PoolPart pool) {
        return new NamedPool(
                pool.name().value(),
                pool.settings().orElseThrow(),
                pool.timing(),
                servers(draft, Optional.of(pool.name().value())));
    }

    private static List<Server> servers(Draft draft, Optional<String> pool) {
        return draft.servers().stream()
                .filter(server -> server.seat().pool().equals(pool))
                .map(SiteBinder::server)
                .toList();
    }

    private static Optional<Network> network(Draft draft) {
        if (draft.machines().isGiven()) {
            return Optional.empty();
        }
        return Optional.of(
                new Network(
                        draft.network().name().orElseThrow().value(),
                        draft.network().subnet().orElseThrow().value()));
    }

    private static Machine machine(MachinePart machine, VipPart vip) {
        return new Machine(
                machine.name().value(),
                machine.reach().orElseThrow().value(),
                machine.lanInterface().or(vip::lanInterface).orElseThrow().value());
    }

    private static Vip vip(VipPart vip) {
        return new Vip(
                vip.address().orElseThrow().value(),
                vip.more().stream().map(Found::value).toList(),
                vip.subnet().orElseThrow().value(),
                vip.lanInterface().orElseThrow().value(),
                vip.gateway().map(Found::value),
                vip.routerId().orElseThrow().value(),
                vip.returns().map(Found::value).orElse(Return.ALWAYS));
    }

    private static Balancer balancer(BalancerPart balancer) {
        return new Balancer(
                balancer.name().value(),
                balancer.hostname().orElseThrow().value(),
                balancer.address().orElseThrow().value(),
                balancer.lanAddress().orElseThrow().value(),
                balancer.machine().map(Found::value),
                balancer.vips().stream().map(Found::value).toList());
    }

    private static Server server(ServerPart server) {
        return switch (server) {
            case OwnPart own ->
                    new Server.Own(
                            own.name().value(),
                            own.address().orElseThrow().value(),
                            own.content(),
                            own.machine().map(Found::value),
                            own.seat().share());
            case ExistingPart existing -> {
                Url url = existing.url().orElseThrow().value();
                yield new Server.Existing(
                        existing.name().value(),
                        url.scheme(),
                        url.host(),
                        url.port(),
                        existing.ca(),
                        existing.tlsName(),
                        existing.verify().orElseThrow(),
                        existing.replicas().map(Found::value).orElse(1),
                        existing.seat().share(),
                        existing.proto().orElseThrow());
            }
        };
    }
}
