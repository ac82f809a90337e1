package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.MachinePart;
import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Reach;
import dev.tandem.model.Suggestion;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Checks what `machines` means for the other sections, and deals the nodes to them.
final class MachineChecks {
    private final Problems problems;
    private final Draft draft;

    MachineChecks(Problems problems, Draft draft) {
        this.problems = problems;
        this.draft = draft;
    }

    /// A node, and the machine that the file names for it.
    private record Node(String path, Found<String> name, Optional<Found<String>> machine) {}

    void check() {
        if (draft.machines().isGiven()) {
            draft.machines().all().forEach(this::reached);
            draft.balancers().forEach(this::address);
            nodes().forEach(this::known);
        } else {
            nodes().forEach(this::none);
        }
    }

    private Stream<Node> nodes() {
        return Stream.concat(
                draft.balancers().stream()
                        .map(one -> new Node(one.path(), one.name(), one.machine())),
                draft.servers().stream()
                        .map(one -> new Node(one.path(), one.name(), one.machine())));
    }

    private void none(Node node) {
        node.machine()
                .ifPresent(machine ->
                        problems.add(
                                machine.spot(),
                                node.path() + ".machine: this file names no machines",
                                "remove it, or add '" + FrontKeys.MACHINES.example() + "'"));
    }

    private void known(Node node) {
        List<String> names = draft.machines().names();
        node.machine()
                .filter(machine -> !names.isEmpty() && !names.contains(machine.value()))
                .ifPresent(machine ->
                        problems.add(
                                machine.spot(),
                                "%s.machine: there is no machine %s"
                                        .formatted(node.path(), Visible.quoted(machine.value())),
                                Suggestion.closest(machine.value(), names)
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("one of: " + String.join(", ", names))));
    }

    private void address(BalancerPart balancer) {
        balancer.lanAddress()
                .ifPresent(address ->
                        problems.add(
                                address.spot(),
                                balancer.path()
                                        + ".lan_address: with 'machines' a balancer has one"
                                        + " address, on the LAN",
                                "write 'address: " + address.value() + "' alone"));
    }

    /// Two names for one machine would be two failures at once.
    private void reached(MachinePart machine) {
        String way = machine.reach().map(found -> target(found.value())).orElse("");
        draft.machines().all().stream()
                .takeWhile(other -> !other.name().equals(machine.name()))
                .filter(other -> !way.isEmpty())
                .filter(other ->
                        other.reach().filter(to -> target(to.value()).equals(way)).isPresent())
                .findFirst()
                .ifPresent(other ->
                        problems.add(
                                machine.reach().orElseThrow().spot(),
                                "%s: %s is %s, on line %d"
                                        .formatted(
                                                machine.path(),
                                                way,
                                                other.path(),
                                                other.reach().orElseThrow().spot().line()),
                                "every machine is there once"));
    }

    private static String target(Reach reach) {
        return switch (reach) {
            case Reach.Ssh ssh -> ssh.place();
            case Reach.Context _, Reach.Here _ -> reach.toString();
        };
    }

    /// The draft with a machine for each node; as it is when nobody can tell.
    ///
    /// @param kept where nodes were when the site was last applied
    Draft placed(Map<String, String> kept) {
        List<String> machines = draft.machines().names();
        if (machines.isEmpty()
                || draft.machines().all().stream().anyMatch(one -> one.reach().isEmpty())
                || nodes().anyMatch(node ->
                        node.machine().filter(at -> !machines.contains(at.value())).isPresent())) {
            return draft;
        }
        Map<String, String> places = MachinePlaces.of(machines, balancers(), servers(), kept);
        crowded(places);
        draft.machines().all().stream()
                .filter(machine -> !places.containsValue(machine.name().value()))
                .forEach(this::empty);
        return draft.with(
                draft.balancers().stream().map(one -> placed(one, places)).toList(),
                draft.servers().stream().map(one -> placed(one, places)).toList());
    }

    private SequencedMap<String, Optional<String>> balancers() {
        SequencedMap<String, Optional<String>> named = new LinkedHashMap<>();
        draft.balancers()
                .forEach(one -> named.put(one.name().value(), one.machine().map(Found::value)));
        return named;
    }

    private SequencedMap<String, Optional<String>> servers() {
        SequencedMap<String, Optional<String>> named = new LinkedHashMap<>();
        for (ServerPart server : draft.servers()) {
            if (server instanceof OwnPart own) {
                named.put(own.name().value(), own.machine().map(Found::value));
            }
        }
        return named;
    }

    /// Two balancers on one machine die together.
    private void crowded(Map<String, String> places) {
        Map<String, String> first = new HashMap<>();
        List<String> held =
                draft.balancers().stream().map(one -> places.get(one.name().value())).toList();
        Optional<String> free =
                draft.machines().names().stream().filter(name -> !held.contains(name)).findFirst();
        for (BalancerPart balancer : draft.balancers()) {
            String at = places.getOrDefault(balancer.name().value(), "");
            String before = first.putIfAbsent(at, balancer.name().value());
            if (before != null && free.isPresent()) {
                Spot spot = balancer.machine().orElse(balancer.name()).spot();
                problems.add(
                        spot,
                        "%s is on %s, as %s is, and %s has no balancer"
                                .formatted(balancer.path(), at, before, free.get()),
                        "a machine that dies should take one along: write 'machine: "
                                + free.get()
                                + "' below one of them");
            }
        }
    }

    private void empty(MachinePart machine) {
        String name = machine.name().value();
        problems.add(
                machine.name().spot(),
                machine.path() + " holds nothing",
                "write 'machine: " + name + "' below a balancer or a server, or remove it");
    }

    private static BalancerPart placed(BalancerPart balancer, Map<String, String> places) {
        return new BalancerPart(
                balancer.name(),
                balancer.hostname(),
                balancer.address(),
                balancer.lanAddress(),
                found(balancer.name(), places),
                balancer.vips());
    }

    private static ServerPart placed(ServerPart server, Map<String, String> places) {
        return switch (server) {
            case Draft.ExistingPart there -> there;
            case OwnPart own ->
                    new OwnPart(
                            own.name(),
                            own.address(),
                            own.content(),
                            found(own.name(), places),
                            own.seat());
        };
    }

    private static Optional<Found<String>> found(Found<String> node, Map<String, String> places) {
        return Optional.ofNullable(places.get(node.value()))
                .map(machine -> new Found<>(machine, node.spot()));
    }
}
