package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.NetworkPart;
import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Draft.VipPart;
import dev.tandem.file.PathRules.Url;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.CheckLoad;
import dev.tandem.model.Limits;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Vip;
import java.util.List;
import java.util.Optional;

/// Reads the whole tree: calls the binder of each section, then the checks across sections, and
/// builds the site when there is no problem left.
final class SiteBinder {
    private SiteBinder() {}

    static Optional<Site> bind(Mapping mapping, Problems problems, Surroundings surroundings) {
        Draft draft = draft(Fields.root(mapping, problems), problems, surroundings);
        new NameChecks(problems).check(draft);
        HandoverRule.check(draft, problems);
        new AddressChecks(problems).check(draft);
        Draft filled = new AddressFiller(problems, draft).fill();
        new UrlChecks(problems, filled).check();
        return problems.isEmpty() ? Optional.of(site(filled)) : Optional.empty();
    }

    private static Draft draft(Fields root, Problems problems, Surroundings surroundings) {
        FileChecks files = new FileChecks(problems, surroundings);
        Optional<Found<String>> name = root.optional(FrontKeys.SITE, NameRules::name);
        VipPart vip = VipBinder.bind(root);
        NetworkPart network = network(root.section(FrontKeys.NETWORK));
        List<BalancerPart> balancers = BalancersBinder.bind(root);
        Optional<Listen> listen = ListenBinder.bind(root, problems);
        Limits usual = listen.map(ports -> Limits.usual(ports.headerSize())).orElse(Limits.DEFAULT);
        Optional<Backend> backend = BackendBinder.bind(root);
        List<ServerPart> servers = ServersBinder.bind(root, problems, files);
        return new Draft(
                name,
                vip,
                network,
                balancers,
                listen,
                backend,
                servers,
                TlsBinder.bind(root, problems, files),
                TimingBinder.bind(root, load(servers)),
                root.optional(TimeKeys.HANDOVER, HandoverRule::word),
                DrillBinder.bind(root),
                LimitsBinder.bind(root, usual));
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

    private static NetworkPart network(Fields network) {
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
                new Network(
                        draft.network().name().orElseThrow().value(),
                        draft.network().subnet().orElseThrow().value()),
                draft.balancers().stream().map(SiteBinder::balancer).toList(),
                draft.listen().orElseThrow(),
                draft.backend().orElseThrow(),
                draft.servers().stream().map(SiteBinder::server).toList(),
                draft.tls(),
                draft.timing().orElseThrow(),
                HandoverRule.of(draft),
                draft.budget(),
                draft.limits());
    }

    private static Vip vip(VipPart vip) {
        return new Vip(
                vip.address().orElseThrow().value(),
                vip.subnet().orElseThrow().value(),
                vip.lanInterface().orElseThrow().value(),
                vip.gateway().map(Found::value),
                vip.routerId().orElseThrow().value());
    }

    private static Balancer balancer(BalancerPart balancer) {
        return new Balancer(
                balancer.name().value(),
                balancer.hostname().orElseThrow().value(),
                balancer.address().orElseThrow().value(),
                balancer.lanAddress().orElseThrow().value());
    }

    private static Server server(ServerPart server) {
        return switch (server) {
            case OwnPart own ->
                    new Server.Own(
                            own.name().value(), own.address().orElseThrow().value(), own.content());
            case ExistingPart existing -> {
                Url url = existing.url().orElseThrow().value();
                yield new Server.Existing(
                        existing.name().value(),
                        url.scheme(),
                        url.host(),
                        url.port(),
                        existing.ca(),
                        existing.tlsName(),
                        existing.verify().orElseThrow());
            }
        };
    }
}
