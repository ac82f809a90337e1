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
/// is the same address. The LAN is shared with other machines; the router, existing servers and the
/// site's own machines are known, and their addresses are avoided.
///
/// Over several machines all of them are on the LAN. Web servers begin well after the VIP there, so
/// that a balancer that comes moves none of them.
final class AddressFiller {
    /// How far after the VIP web servers begin on the LAN.
    private static final int ROOM_FOR_BALANCERS = 10;

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
        draft.furtherVips().keySet().forEach(taken::add);
        add(draft.vip().gateway(), taken);
        draft.balancers().forEach(balancer -> add(balancer.lanAddress(), taken));
        draft.machines().all().forEach(machine -> add(machine.address(), taken));
        if (draft.machines().isGiven()) {
            draft.balancers().forEach(balancer -> add(balancer.address(), taken));
            draft.servers().forEach(server -> add(server.address(), taken));
        }
        for (ServerPart server : draft.servers()) {
            server.url().flatMap(url -> Ip4.parse(url.value().host())).ifPresent(taken::add);
        }
        for (ServicePart service : draft.services()) {
            service.servers().stream()
                    .flatMap(server -> server.url().stream())
                    .flatMap(url -> Ip4.parse(url.value().host()).stream())
                    .forEach(taken::add);
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
        Supplier<Optional<Found<Ip4>>> onLan = () -> lan(balancer.name(), balancer.path(), 0);
        Optional<Found<Ip4>> address = balancer.address();
        Optional<Found<Ip4>> lanAddress = balancer.lanAddress();
        if (draft.machines().isGiven()) {
            address = address.or(onLan);
            lanAddress = address;
        } else {
            address =
                    address.or(() -> network(balancer.name(), balancer.path(), Allotment::spaced));
            lanAddress = lanAddress.or(onLan);
        }
        return new BalancerPart(
                balancer.name(),
                balancer.hostname(),
                address,
                lanAddress,
                balancer.machine(),
                balancer.vips());
    }

    private ServerPart server(ServerPart server) {
        return switch (server) {
            case ExistingPart existing -> existing;
            case OwnPart own ->
                    new OwnPart(
                            own.name(),
                            own.address().or(() -> address(own)),
                            own.content(),
                            own.machine(),
                            own.seat());
        };
    }

    private Optional<Found<Ip4>> address(OwnPart own) {
        return draft.machines().isGiven()
                ? lan(own.name(), own.path(), ROOM_FOR_BALANCERS)
                : network(own.name(), own.path(), Allotment::lowest);
    }

    private Optional<Found<Ip4>> network(Found<String> name, String path, Choice choice) {
        return network.flatMap(
                free -> place(name, path, "network.subnet", () -> choice.from(free)));
    }

    /// @param room how many addresses after the VIP are left to others
    private Optional<Found<Ip4>> lan(Found<String> name, String path, int room) {
        return draft.vip()
                .address()
                .flatMap(vip ->
                        lan.flatMap(free ->
                                place(
                                        name,
                                        path,
                                        "vip.subnet",
                                        () -> free.after(vip.value().plus(room)))));
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
