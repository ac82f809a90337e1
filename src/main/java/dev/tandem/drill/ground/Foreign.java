package dev.tandem.drill.ground;

import dev.tandem.docker.StartedWith;
import dev.tandem.docker.StartedWith.Afterwards;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Checks a container that Tandem did not make for differences that would make a fault strike
/// others or last for ever.
public final class Foreign {
    private Foreign() {}

    /// Why these nodes must not go down: they would not come back.
    public static Optional<String> notRestartable(Ground ground, List<Node> nodes) {
        return first(ground, nodes, Foreign::removed);
    }

    private static Optional<String> removed(Node node, StartedWith how) {
        return how.afterwards() == Afterwards.REMOVED
                ? Optional.of(
                        node.container() + " was started with --rm: it would be gone for good")
                : Optional.empty();
    }

    /// Why nothing can be done in the network of these nodes: they share it.
    public static Optional<String> sharedNetwork(Ground ground, List<Node> nodes) {
        return first(ground, nodes, Foreign::shared);
    }

    private static Optional<String> shared(Node node, StartedWith how) {
        return switch (how.network()) {
            case "host" ->
                    Optional.of(
                            node.container()
                                    + " is in this machine's own network: it is left alone");
            case "none" -> Optional.of(node.container() + " has no network");
            case String mode when mode.startsWith("container:") ->
                    Optional.of(node.container() + " is in the network of another container");
            case String _ -> Optional.empty();
        };
    }

    /// Why signals cannot be sent there: the container sees other processes.
    static Optional<String> sharedProcesses(Ground ground, List<Node> nodes) {
        return first(
                ground,
                nodes,
                (node, how) ->
                        how.processes().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        "%s sees the processes of others (--pid %s)"
                                                .formatted(node.container(), how.processes())));
    }

    private static Optional<String> first(
            Ground ground,
            List<Node> nodes,
            BiFunction<Node, StartedWith, Optional<String>> reason) {
        return nodes.stream()
                .flatMap(node ->
                        reason.apply(node, ground.nodes().startedWith(node.container())).stream())
                .findFirst();
    }
}
