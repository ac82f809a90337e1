package dev.tandem.drill.fault;

import dev.tandem.docker.Nodes;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Containers of others, which a fault that strikes a whole engine would hit: even a stopped one,
/// since a restart policy may start it.
final class Bystanders {
    /// Set to {@link #SHARED}, it permits striking the other containers too.
    private static final String CONSENT = "TANDEM_RESTART_ENGINE";

    private static final String SHARED = "shared";
    private static final int SHOWN = 5;

    private Bystanders() {}

    /// Why the engine must not be struck; empty if it may be.
    ///
    /// @param containers those of the engine
    static Optional<String> spared(Ground ground, Nodes containers) {
        return SHARED.equals(System.getenv(CONSENT))
                ? Optional.empty()
                : others(ground, containers);
    }

    private static Optional<String> others(Ground ground, Nodes containers) {
        List<String> others = new ArrayList<>(containers.labelled(List.of()));
        Stream.concat(ground.balancers().stream(), ground.servers().stream())
                .map(Node::container)
                .forEach(others::remove);
        String site = ground.site();
        others.removeAll(containers.labelled(List.of("dev.tandem.site=" + site)));
        List<String> ours = List.of("com.docker.compose.project=" + site, "dev.tandem.role");
        others.removeAll(containers.labelled(ours));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "it would hit other containers too: %s (%s=%s allows it)"
                                .formatted(some(others), CONSENT, SHARED));
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
