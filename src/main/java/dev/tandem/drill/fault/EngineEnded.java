package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Docker engine ends. Healed by starting it if it does not answer, and those containers of the
/// pair that do not run.
///
/// It would also strike other people's containers on this machine, so it is refused while there is
/// a container outside this pair, even a stopped one: a restart policy may start it.
///
/// @param how how it ends
record EngineEnded(How how) implements Fault {
    /// How an engine ends.
    enum How {
        /// In order, and it starts again at once.
        RESTARTED,
        /// As in a crash. Whether it starts again is up to the machine.
        KILLED
    }

    /// Set to {@link #SHARED}, it permits striking the other containers too.
    private static final String CONSENT = "TANDEM_RESTART_ENGINE";

    private static final String SHARED = "shared";
    private static final int SHOWN = 5;

    @Override
    public String name() {
        return switch (how) {
            case RESTARTED -> "engine-restart";
            case KILLED -> "engine-kill";
        };
    }

    @Override
    public String summary() {
        return switch (how) {
            case RESTARTED ->
                    "the Docker engine is restarted, with everything that runs on this machine";
            case KILLED ->
                    "the Docker engine dies; with live-restore everything that it runs goes on";
        };
    }

    @Override
    public Prediction cost(Costs costs) {
        return Costs.unknown(
                name(), "whether and how fast the engine starts them is not in the site file");
    }

    @Override
    public String what(Ground ground) {
        String all = nodes(ground).map(Node::container).collect(Collectors.joining(" "));
        return switch (how) {
            case RESTARTED ->
                    "restart the Docker engine; "
                            + switch (ground.nodes().engine().containers()) {
                                case STOP -> "without live-restore these stop and start: ";
                                case GO_ON -> "with live-restore these should go on: ";
                                case UNKNOWN -> "it does not say whether these stop: ";
                            }
                            + all;
            case KILLED ->
                    "kill the Docker engine; "
                            + switch (ground.nodes().engine().containers()) {
                                case STOP ->
                                        "without live-restore it stops these when it is back, and"
                                                + " starts none: ";
                                case GO_ON -> "with live-restore these should go on: ";
                                case UNKNOWN -> "it does not say whether these go on: ";
                            }
                            + all;
        };
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return ground.nodes()
                .engine()
                .obstacle()
                .or(() -> Foreign.notRestartable(ground, nodes(ground).toList()))
                .or(() ->
                        SHARED.equals(System.getenv(CONSENT)) ? Optional.empty() : others(ground));
    }

    private static Optional<String> others(Ground ground) {
        List<String> others = new ArrayList<>(ground.nodes().labelled(List.of()));
        nodes(ground).map(Node::container).forEach(others::remove);
        String site = ground.site();
        others.removeAll(ground.nodes().labelled(List.of("dev.tandem.site=" + site)));
        List<String> ours = List.of("com.docker.compose.project=" + site, "dev.tandem.role");
        others.removeAll(ground.nodes().labelled(ours));
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

    @Override
    public void inject(Ground ground) {
        switch (how) {
            case RESTARTED -> ground.nodes().engine().restart();
            case KILLED -> ground.nodes().engine().kill();
        }
    }

    @Override
    public void heal(Ground ground) {
        ground.nodes().engine().ensure();
        nodes(ground)
                .filter(node -> !States.is(ground, node, "running"))
                .forEach(node -> ground.nodes().start(node.container()));
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return ground.nodes().engine().answers()
                ? States.notRunning(ground, nodes(ground).toList())
                : Optional.of("the Docker engine does not answer");
    }

    private static Stream<Node> nodes(Ground ground) {
        return Stream.concat(ground.balancers().stream(), ground.servers().stream());
    }
}
