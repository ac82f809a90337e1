package dev.tandem.observe;

import dev.tandem.docker.Container;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Where the nodes of a site over machines are to be, and where they are.
///
/// @param wanted the machine of each node, by the site file
/// @param machines what was seen of each machine, in the order of the file
public record Placement(Map<String, String> wanted, SequencedMap<String, MachineHeard> machines) {
    /// That of a site without machines.
    public static final Placement NONE = new Placement(Map.of(), new LinkedHashMap<>());

    public Placement {
        wanted = Map.copyOf(wanted);
        machines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(machines));
    }

    /// The silence of the machine that a node is to be on; empty when it answered.
    public Optional<MachineHeard.Silent> silence(String node) {
        return machine(node)
                .flatMap(name ->
                        machines.get(name) instanceof MachineHeard.Silent silent
                                ? Optional.of(silent)
                                : Optional.empty());
    }

    /// The machine that a node is to be on; empty when it is no node of the file, or there are no
    /// machines.
    public Optional<String> machine(String node) {
        return Optional.ofNullable(wanted.get(node));
    }

    /// Those that did not answer.
    public SequencedMap<String, MachineHeard.Silent> silent() {
        SequencedMap<String, MachineHeard.Silent> silent = new LinkedHashMap<>();
        machines.forEach((name, seen) -> {
            if (seen instanceof MachineHeard.Silent one) {
                silent.put(name, one);
            }
        });
        return silent;
    }

    /// The machines on which a container of a service runs.
    public List<String> running(String service) {
        return machines.keySet().stream()
                .filter(name -> container(name, service).filter(Container::running).isPresent())
                .toList();
    }

    /// The container of a service on a machine; empty when there is none, or the machine is silent.
    public Optional<Container> container(String machine, String service) {
        return machines.get(machine) instanceof MachineHeard.Answered(List<Container> containers)
                ? containers.stream().filter(one -> one.service().equals(service)).findFirst()
                : Optional.empty();
    }

    /// Whether a node runs on other machines than its own only.
    public boolean isElsewhere(String node) {
        List<String> on = running(node);
        return machine(node).filter(own -> !on.isEmpty() && !on.contains(own)).isPresent();
    }

    /// Docker's word for the state of a service's container on a machine; `absent` when there is
    /// none, or the machine is silent.
    public String state(String machine, String service) {
        return container(machine, service).map(Container::state).orElse("absent");
    }

    /// Whether the check in a service's container on a machine says that it is not well.
    public boolean findsItselfUnwell(String machine, String service) {
        return container(machine, service).filter(Container::unhealthy).isPresent();
    }

    /// The containers by service: of two of one service that of its own machine.
    Map<String, Container> containers() {
        Map<String, Container> containers = new LinkedHashMap<>();
        wanted.forEach((node, machine) ->
                container(machine, node).ifPresent(one -> containers.put(node, one)));
        machines.keySet().stream()
                .flatMap(name ->
                        machines.get(name) instanceof MachineHeard.Answered(List<Container> all)
                                ? all.stream()
                                : List.<Container>of().stream())
                .forEach(one -> containers.putIfAbsent(one.service(), one));
        return containers;
    }
}
