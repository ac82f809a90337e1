package dev.tandem.drill.ground;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What Docker says about nodes.
public final class States {
    private States() {}

    public static boolean is(Ground ground, Node node, String state) {
        return ground.nodes().state(node.container()).equals(state);
    }

    /// Those that are not running; empty if all are.
    public static Optional<String> notRunning(Ground ground, List<Node> nodes) {
        String all =
                nodes.stream()
                        .filter(node -> !is(ground, node, "running"))
                        .map(node -> node.container() + " does not run")
                        .collect(Collectors.joining(", "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
