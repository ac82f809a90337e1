package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.MachinePart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks that the addresses in the file fit into their subnets and are all different.
final class AddressChecks {
    private final Problems problems;

    AddressChecks(Problems problems) {
        this.problems = problems;
    }

    void check(Draft draft) {
        List<Claim> onLan = onLan(draft);
        List<Claim> onNetwork = draft.machines().isGiven() ? List.of() : nodes(draft);
        draft.vip().subnet().ifPresent(subnet -> onLan.forEach(claim -> member(claim, subnet, 1)));
        draft.network()
                .subnet()
                .ifPresent(subnet -> onNetwork.forEach(claim -> node(claim, subnet)));
        overlap(draft);
        List<Claim> all = new ArrayList<>(onLan);
        all.addAll(onNetwork);
        all.addAll(machines(draft));
        unique(all);
    }

    /// Behind one address with several ports there may be several machines.
    private static List<Claim> machines(Draft draft) {
        Map<Ip4, Claim> claims = new LinkedHashMap<>();
        for (MachinePart machine : draft.machines().all()) {
            machine.address()
                    .ifPresent(found ->
                            claims.putIfAbsent(
                                    found.value(), new Claim(machine.path() + ".ssh", found)));
        }
        return List.copyOf(claims.values());
    }

    private static List<Claim> onLan(Draft draft) {
        List<Claim> claims = new ArrayList<>();
        claim("vip.address", draft.vip().address(), claims);
        draft.vip().more().forEach(found -> claims.add(new Claim("vip.more", found)));
        claim("vip.gateway", draft.vip().gateway(), claims);
        for (BalancerPart balancer : draft.balancers()) {
            claim(balancer.path() + ".lan_address", balancer.lanAddress(), claims);
            balancer.vips()
                    .forEach(found -> claims.add(new Claim(balancer.path() + ".vips", found)));
        }
        if (draft.machines().isGiven()) {
            claims.addAll(nodes(draft));
        }
        return claims;
    }

    private static List<Claim> nodes(Draft draft) {
        List<Claim> claims = new ArrayList<>();
        for (BalancerPart balancer : draft.balancers()) {
            claim(balancer.path() + ".address", balancer.address(), claims);
        }
        for (ServerPart server : draft.servers()) {
            claim(server.path() + ".address", server.address(), claims);
        }
        return claims;
    }

    private static void claim(String path, Optional<Found<Ip4>> address, List<Claim> claims) {
        address.ifPresent(found -> claims.add(new Claim(path, found)));
    }

    /// Whether a host can have the address in this subnet; if not, reports that hosts begin at
    /// `first`.
    private boolean member(Claim claim, Found<Subnet> found, int first) {
        Subnet subnet = found.value();
        if (subnet.isHost(claim.address())) {
            return true;
        }
        String problem = " is not in " + subnet;
        if (claim.address().equals(subnet.base())) {
            problem = " is the base address of " + subnet;
        } else if (claim.address().equals(subnet.broadcast())) {
            problem = " is the broadcast address of " + subnet;
        }
        problems.add(
                claim.found.spot(),
                claim.path + ": " + claim.address() + problem,
                room(subnet, first));
        return false;
    }

    private static String room(Subnet subnet, int first) {
        return "an address from "
                + subnet.base().plus(first)
                + " to "
                + subnet.broadcast().plus(-1);
    }

    private void node(Claim claim, Found<Subnet> found) {
        Subnet subnet = found.value();
        if (member(claim, found, 2) && claim.address().equals(subnet.gateway())) {
            problems.add(
                    claim.found.spot(),
                    claim.path
                            + ": "
                            + claim.address()
                            + " is the host's own address on the network",
                    "start at " + subnet.gateway().plus(1));
        }
    }

    private void overlap(Draft draft) {
        Optional<Found<Subnet>> lan = draft.vip().subnet();
        Optional<Found<Subnet>> network = draft.network().subnet();
        if (lan.isPresent()
                && network.isPresent()
                && lan.get().value().overlaps(network.get().value())) {
            Optional<Spot> given = draft.network().given();
            problems.add(
                    given.orElse(lan.get().spot()),
                    "network.subnet %s%s overlaps vip.subnet %s"
                            .formatted(
                                    network.get().value(),
                                    given.isPresent() ? "" : " (the default)",
                                    lan.get().value()),
                    "choose another network.subnet, such as " + elsewhere(lan.get().value()));
        }
    }

    private static Subnet elsewhere(Subnet lan) {
        Subnet usual = Subnet.of("172.20.0.0/24");
        return lan.overlaps(usual) ? Subnet.of("10.20.0.0/24") : usual;
    }

    private void unique(List<Claim> claims) {
        Map<Ip4, Claim> first = new HashMap<>();
        for (Claim claim : claims.stream().sorted(AddressChecks::byPlace).toList()) {
            Claim before = first.putIfAbsent(claim.address(), claim);
            if (before != null) {
                problems.add(
                        claim.found.spot(),
                        "%s: %s is taken by %s on line %d"
                                .formatted(
                                        claim.path,
                                        claim.address(),
                                        before.path,
                                        before.found.spot().line()),
                        "every node has an address of its own");
            }
        }
    }

    private static int byPlace(Claim left, Claim right) {
        return Spot.ORDER.compare(left.found.spot(), right.found.spot());
    }

    /// An address that the file assigns.
    ///
    /// @param path the key that assigns it
    private record Claim(String path, Found<Ip4> found) {
        Ip4 address() {
            return found.value();
        }
    }
}
