package dev.tandem.doctor;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Findings about the ways between machines on the LAN: whether they hear each other, whether a
/// port takes more MAC addresses than that of its machine, and how large a packet passes. Pure.
final class WayFindings {
    private static final String WAY = "way on the LAN";
    private static final String PORT = "port security";
    private static final String MTU = "mtu";

    private static final String OPEN_THE_PORT =
            "let its port carry several MAC addresses. VMware: forged transmits, MAC address"
                    + " changes and promiscuous mode: accept; Hyper-V: Set-VMNetworkAdapter"
                    + " -MacAddressSpoofing On; Proxmox, libvirt: no MAC filter for that interface;"
                    + " a switch: a higher maximum in its port security. Where one MAC address is"
                    + " all that a port may have, as in most clouds, the nodes would need the"
                    + " network of their host, which Tandem does not do yet";

    private final MachinesFacts facts;
    private final SequencedMap<String, LanSeen> seen = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private WayFindings(MachinesFacts facts) {
        this.facts = facts;
    }

    static List<Finding> of(MachinesFacts facts) {
        return new WayFindings(facts).findings();
    }

    private List<Finding> findings() {
        facts.answered()
                .forEach((name, machine) -> {
                    switch (machine.seen().lan()) {
                        case Answer.Unknown<LanSeen>(String reason) ->
                                findings.add(
                                        Finding.unknown(
                                                        WAY,
                                                        reason,
                                                        "tandem up, then: tandem doctor")
                                                .on(name));
                        case Answer.Known<LanSeen>(LanSeen lan) -> seen.put(name, lan);
                    }
                });
        seen.forEach(this::heard);
        seen.forEach(this::large);
        interfaces();
        return findings;
    }

    private Optional<Lan.Macvlan> lan(String machine) {
        return Optional.ofNullable(facts.answered().get(machine)).flatMap(SiteParts::lan);
    }

    private String device(String machine) {
        return lan(machine).map(Lan.Macvlan::parent).orElse("its interface");
    }

    /// The other machines whose address on the LAN is known.
    private SequencedMap<String, Ip4> others(String machine) {
        SequencedMap<String, Ip4> others = new LinkedHashMap<>();
        for (String name : facts.answered().keySet()) {
            lan(name)
                    .flatMap(Lan.Macvlan::hostAddress)
                    .filter(_ -> !name.equals(machine))
                    .ifPresent(address -> others.put(name, address));
        }
        return others;
    }

    private void heard(String machine, LanSeen lan) {
        Map<String, Ip4> there = others(machine);
        if (there.isEmpty()) {
            findings.add(
                    Finding.unknown(
                                    WAY,
                                    "no other machine to ask for",
                                    "tandem doctor, when all" + " machines answer")
                            .on(machine));
            return;
        }
        there.forEach((name, address) -> {
            if (!lan.own().getOrDefault(address, false)) {
                findings.add(cut(machine, name, address).on(machine));
            }
        });
        List<String> reached =
                there.keySet().stream()
                        .filter(name -> lan.own().getOrDefault(there.get(name), false))
                        .toList();
        List<String> deaf =
                reached.stream()
                        .filter(name -> !lan.other().getOrDefault(there.get(name), false))
                        .toList();
        if (reached.isEmpty()) {
            return;
        }
        if (deaf.isEmpty()) {
            findings.add(
                    Finding.well(
                                    PORT,
                                    "its port takes other MAC addresses than its own: "
                                            + String.join(", ", reached)
                                            + (reached.size() == 1 ? " answers" : " answer"))
                            .on(machine));
        } else {
            findings.add(closed(machine, deaf, reached).on(machine));
        }
    }

    private Finding cut(String machine, String other, Ip4 address) {
        return Finding.ill(
                WAY,
                "nobody on %s answers ARP for %s, the address of %s"
                        .formatted(device(machine), address, other),
                "balancers that do not hear each other both hold the VIP; web servers on the other"
                        + " side are down",
                "look at cables, VLANs and isolated ports between %s and %s; on %1$s: ping -c 3 %s"
                        .formatted(machine, other, address));
    }

    private Finding closed(String machine, List<String> deaf, List<String> reached) {
        String as =
                Optional.ofNullable(facts.answered().get(machine))
                        .flatMap(one -> one.seen().asNode())
                        .map(node -> "that of " + node)
                        .orElse("another one");
        String all = deaf.size() == reached.size() ? "" : ", but not from others";
        return Finding.ill(
                PORT,
                "asked from its own MAC address, %s can be heard on %s; asked from %s, not%s"
                        .formatted(String.join(" and ", deaf), device(machine), as, all),
                "what its port is connected to takes one MAC address alone, and each node has one"
                        + " of its own: nodes on "
                        + machine
                        + " reach nobody, and nobody reaches them",
                OPEN_THE_PORT);
    }

    private int mtu(String machine) {
        return Optional.ofNullable(seen.get(machine)).map(LanSeen::mtu).orElse(0);
    }

    /// What both ends can take is to pass.
    private void large(String machine, LanSeen lan) {
        List<String> pass = new ArrayList<>();
        Map<String, Integer> less = new LinkedHashMap<>();
        others(machine)
                .forEach((name, address) -> {
                    Integer size = lan.size().get(address);
                    int least = mtu(name) == 0 ? lan.mtu() : Math.min(lan.mtu(), mtu(name));
                    if (size == null) {
                        return;
                    }
                    if (size == 0) {
                        findings.add(unanswered(machine, name, address).on(machine));
                    } else if (size < least) {
                        less.put(name, size);
                    } else {
                        pass.add(name);
                    }
                });
        if (!less.isEmpty()) {
            findings.add(small(machine, lan.mtu(), less).on(machine));
        }
        if (!pass.isEmpty()) {
            findings.add(
                    Finding.well(
                                    MTU,
                                    "packets of full size (%d bytes) pass to %s"
                                            .formatted(lan.mtu(), String.join(", ", pass)))
                            .on(machine));
        }
    }

    private Finding unanswered(String machine, String other, Ip4 address) {
        return Finding.unknown(
                MTU,
                "%s does not answer ping: how large a packet passes was not measured"
                        .formatted(other),
                "on %s: ping -c 1 -M do -s %d %s"
                        .formatted(machine, Math.max(0, mtu(machine) - 28), address));
    }

    private Finding small(String machine, int mtu, Map<String, Integer> less) {
        int least = less.values().stream().min(Integer::compareTo).orElse(mtu);
        return Finding.ill(
                MTU,
                "its interface %s sends packets of %d bytes; to %s"
                        .formatted(
                                device(machine),
                                mtu,
                                less.entrySet().stream()
                                        .map(one ->
                                                "%s pass at most %d"
                                                        .formatted(one.getKey(), one.getValue()))
                                        .collect(Collectors.joining(", to "))),
                "connections are made, and hang as soon as more than that is sent at once",
                ("have the way carry them (tunnels and VLANs take their own part); or on every"
                                + " machine: ip link set %s mtu %d, and the same in its network's"
                                + " configuration. Nodes take it over when they are made: docker"
                                + " restart them, one after the other")
                        .formatted(device(machine), least));
    }

    private void interfaces() {
        String each =
                seen.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue().mtu())
                        .collect(Collectors.joining(", "));
        if (seen.values().stream().mapToInt(LanSeen::mtu).distinct().count() > 1) {
            findings.add(
                    Finding.risk(
                            MTU,
                            "the machines' interfaces on the LAN differ: " + each,
                            "TCP agrees on the smaller one; everything else that is larger is lost"
                                    + " on the way",
                            "the same on each: ip link set DEVICE mtu NUMBER, and in its network's"
                                    + " configuration"));
        }
    }
}
