package dev.tandem.drill.ground;

import dev.tandem.docker.Output;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The containers that a fault starts beside a node, in the node's own network: there they may
/// change what the node itself must not.
///
/// Each carries the fault and the site as labels, so that the heal finds it whichever process
/// started it, and ends by itself after {@link #LONGEST}, undoing what it did: if Tandem never
/// comes back, nothing stays broken for ever.
///
/// @param fault the name of the fault
public record Toolbox(Ground ground, String fault) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String IN_PLACE = "in place";

    /// The nftables table that the fault may create and the heal removes.
    public String table() {
        return "tandem_" + fault.replace('-', '_');
    }

    /// Runs a script in a node's network, as root with the right to change it, and returns when it
    /// is done. What it started keeps running, and its table stays, until the heal.
    ///
    /// @param more further arguments of `docker run`
    /// @throws Stop if the script fails
    public void enter(Node node, String script, List<String> more) {
        String whole =
                """
                trap 'nft delete table inet %1$s 2>/dev/null' EXIT
                trap 'exit 0' TERM INT
                set -e
                %2$s
                echo '%3$s'
                sleep %4$s & wait $!
                """
                        .formatted(table(), script, IN_PLACE, LONGEST.toSeconds());
        List<String> arguments = new ArrayList<>(inNetworkOf(node));
        arguments.addAll(more);
        start(node.name(), arguments, whole);
    }

    /// Starts a script in a container of its own, and returns when it has reported that all is in
    /// place.
    public void start(String name, List<String> more, String script) {
        String container = ground.site() + "-fault-" + fault + "-" + name;
        List<String> arguments = new ArrayList<>(List.of("--name", container));
        arguments.addAll(labels().flatMap(label -> Stream.of("--label", label)).toList());
        arguments.addAll(List.of("--cap-drop", "ALL", "--entrypoint", "sh"));
        arguments.addAll(more);
        arguments.addAll(List.of(ground.toolbox(), "-c", script));
        ground.nodes().startNew(arguments);
        if (!ground.await().until(LIMIT, () -> said(container)).orElse(false)) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "what " + fault + " needs could not be put in place",
                    container + " said: " + ground.nodes().logs(container),
                    "the fault may be there in part; it is healed now",
                    "docker logs " + container);
        }
    }

    /// Whether it has reported that all is in place; empty while it may still do so.
    private Optional<Boolean> said(String container) {
        boolean runs = ground.nodes().state(container).equals("running");
        if (ground.nodes().logs(container).lines().anyMatch(IN_PLACE::equals)) {
            return Optional.of(true);
        }
        return runs ? Optional.empty() : Optional.of(false);
    }

    /// What the fault has started.
    public List<String> containers() {
        return ground.nodes().labelled(ours());
    }

    /// Removes what the fault has started and the rules that it has added in these nodes. A node
    /// that is not running has none.
    public void clear(List<Node> nodes) {
        containers().forEach(ground.nodes()::remove);
        for (Node node : nodes) {
            if (States.is(ground, node, "running")) {
                once(node, "nft delete table inet " + table() + " 2>/dev/null || true");
            }
        }
    }

    /// What is left of the fault, by inspection; empty if nothing is.
    public Optional<String> left(List<Node> nodes) {
        List<String> containers = containers();
        if (!containers.isEmpty()) {
            return Optional.of(String.join(", ", containers) + " is still there");
        }
        Optional<String> down = States.notRunning(ground, nodes);
        return down.isPresent()
                ? down
                : nodes.stream()
                        .filter(node -> once(node, "nft list tables").contains(table() + "\n"))
                        .map(node -> node.container() + " still has the table " + table())
                        .findFirst();
    }

    private String once(Node node, String script) {
        List<String> arguments = new ArrayList<>(inNetworkOf(node));
        arguments.addAll(labels().flatMap(label -> Stream.of("--label", label)).toList());
        arguments.addAll(List.of("--cap-drop", "ALL", "--entrypoint", "sh"));
        arguments.addAll(List.of(ground.toolbox(), "-c", script));
        Output output = ground.nodes().runOnce(LIMIT, arguments);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the packet filter of " + node.container() + " was not reached",
                    output.lastLines(3),
                    "the rules of " + fault + " may still be there",
                    "docker ps --all");
        }
        return output.stdout();
    }

    private static List<String> inNetworkOf(Node node) {
        return List.of("--network", "container:" + node.container(), "--cap-add", "NET_ADMIN");
    }

    private List<String> ours() {
        return List.of("dev.tandem.fault=" + fault, "dev.tandem.site=" + ground.site());
    }

    /// In a test run also the run's id, so that its end removes what is left.
    private Stream<String> labels() {
        Stream<String> check =
                Optional.ofNullable(System.getenv("TANDEM_CHECK_ID")).stream()
                        .map(id -> "dev.tandem.check=" + id);
        return Stream.concat(ours().stream(), check);
    }
}
