package dev.tandem.drill.fault;

import dev.tandem.docker.Attachment;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The master without any network: all of its cables are unplugged. Healed by plugging them in
/// again, with the same addresses and names.
record CutOff() implements Fault {
    @Override
    public String name() {
        return "balancer-cut-off";
    }

    @Override
    public String summary() {
        return "the master loses all of its networks";
    }

    @Override
    public Prediction cost(Costs costs) {
        return costs.masterSilent(name());
    }

    @Override
    public String what(Ground ground) {
        return inOrder(ground).stream()
                .map(Attachment::network)
                .map(network -> "docker network disconnect " + network + " ")
                .map(command -> command + ground.master().container())
                .collect(Collectors.joining("; "));
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return ground.master().addresses().isEmpty()
                ? Optional.of(ground.master().container() + " has no network that could be cut")
                : notGiven(ground);
    }

    /// Docker restores an address only if it was requested when the container was created.
    private static Optional<String> notGiven(Ground ground) {
        String container = ground.master().container();
        List<String> given = ground.nodes().startedWith(container).given();
        return ground.master().attachments().stream()
                .map(Attachment::network)
                .filter(network -> !given.contains(network))
                .findFirst()
                .map(network ->
                        "%s has no fixed address on %s (--ip): it would get another one"
                                .formatted(container, network));
    }

    @Override
    public void inject(Ground ground) {
        String container = ground.master().container();
        for (Attachment attachment : inOrder(ground)) {
            ground.nodes().disconnect(attachment.network(), container);
        }
    }

    /// Networks without web servers come first: the clients are there. Docker takes a quarter of a
    /// second for each; in that time a balancer that has lost only its web servers would answer
    /// 503, and that is a different fault.
    private static List<Attachment> inOrder(Ground ground) {
        Set<String> ofServers =
                ground.servers().stream()
                        .flatMap(server -> server.attachments().stream())
                        .map(Attachment::network)
                        .collect(Collectors.toSet());
        return ground.master().attachments().stream()
                .sorted(Comparator.comparing(one -> ofServers.contains(one.network())))
                .toList();
    }

    @Override
    public void heal(Ground ground) {
        for (Attachment attachment : missing(ground)) {
            ground.nodes().connect(attachment, ground.master().container());
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        List<Attachment> missing = missing(ground);
        return missing.isEmpty()
                ? States.notRunning(ground, List.of(ground.master()))
                : Optional.of(ground.master().container() + " is not on " + missing);
    }

    /// The networks that it was on and is not on now; one with another address than before does not
    /// count as the same.
    private static List<Attachment> missing(Ground ground) {
        List<Attachment> now = ground.nodes().attachments(ground.master().container());
        List<Attachment> missing = new ArrayList<>(ground.master().attachments());
        missing.removeIf(was ->
                now.stream()
                        .anyMatch(is ->
                                is.network().equals(was.network())
                                        && is.address().equals(was.address())));
        return missing;
    }
}
