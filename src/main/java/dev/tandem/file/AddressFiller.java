package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Gives an address to every node for which the file does not set one.
///
/// All addresses in the file are reserved first; then balancers come before servers, each in the
/// order of the file. So a node keeps its address when one is later set for another node, unless it
/// is the same address. The LAN is shared with other machines; the router and existing servers are
/// known, and their addresses are avoided.
final class AddressFiller {
    private final Problems problems;
    private final Draft draft;
    private final Optional<Allotment> lan;
    private final Optional<Allotment> network;

    AddressFiller(Problems problems, Draft draft) {
        this.problems = problems;
        this.draft = draft;
        this.lan = draft.vip().subnet().map(found -> lan(found.value(), draft));
        this.network = draft.network().subnet().map(found -> network(found.value(), draft));
    }

    private static Allotment lan(Subnet subnet, Draft draft) {
        Set<Ip4> taken = new HashSet<>();
        taken.add(subnet.gateway());
        add(draft.vip().address(), taken);
        add(draft.vip().gateway(), taken);
        draft.balancers().forEach(balancer -> add(balancer.lanAddress(), taken));
        for (ServerPart server : draft.servers()) {
            server.url().flatMap(url -> Ip4.parse(url.value().host())).ifPresent(taken::add);
        }
        return new Allotment(subnet, taken);
    }

    private static Allotment network(Subnet subnet, Draft draft) {
        Set<Ip4> taken = new HashSet<>();
        taken.add(subnet.gateway());
        draft.balancers().forEach(balancer -> add(balancer.address(), taken));
        draft.servers().forEach(server -> add(server.address(), taken));
        return new Allotment(subnet, taken);
    }

    private static void add(Optional<Found<Ip4>> address, Set<Ip4> taken) {
        address.ifPresent(found -> taken.add(found.value()));
    }

    /// The draft with all addresses that could be found; those that could not are reported.
    Draft fill() {
        List<BalancerPart> balancers = draft.balancers().stream().map(this::balancer).toList();
        List<ServerPart> servers = draft.servers().stream().map(this::server).toList();
        return draft.with(balancers, servers);
    }

    private BalancerPart balancer(BalancerPart balancer) {
        return new BalancerPart(
                balancer.name(),
                balancer.hostname(),
                balancer.address()
                        .or(() -> network(balancer.name(), balancer.path(), Allotment::spaced)),
                balancer.lanAddress().or(() -> lan(balancer)));
    }

    private ServerPart server(ServerPart server) {
        return switch (server) {
            case ExistingPart existing -> existing;
            case OwnPart own ->
                    new OwnPart(
                            own.name(),
                            own.address()
                                    .or(() -> network(own.name(), own.path(), Allotment::lowest)),
                            own.content());
        };
    }

    private Optional<Found<Ip4>> network(Found<String> name, String path, Choice choice) {
        return network.flatMap(
                free -> place(name, path, "network.subnet", () -> choice.from(free)));
    }

    private Optional<Found<Ip4>> lan(BalancerPart balancer) {
        return draft.vip()
                .address()
                .flatMap(vip ->
                        lan.flatMap(free ->
                                place(
                                        balancer.name(),
                                        balancer.path(),
                                        "vip.subnet",
                                        () -> free.after(vip.value()))));
    }

    private Optional<Found<Ip4>> place(
            Found<String> name, String path, String subnet, Supplier<Optional<Ip4>> choice) {
        Optional<Ip4> address = choice.get();
        if (address.isEmpty()) {
            problems.add(
                    name.spot(),
                    subnet + " has no free address left for " + path,
                    "a shorter prefix makes it larger, such as /24");
        }
        return address.map(value -> new Found<>(value, name.spot()));
    }

    /// Picks one of the free addresses.
    private interface Choice {
        Optional<Ip4> from(Allotment free);
    }
}
