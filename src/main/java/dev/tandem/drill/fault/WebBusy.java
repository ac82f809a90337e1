package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Existing;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A web server with a `url` is busy, as a program of one thread is while it computes: its
/// container is frozen, and the kernel, which is not, goes on taking its connections and
/// acknowledging what arrives. Healed by thawing it (docs/decisions/0027-web-busy.md).
record WebBusy() implements Fault {
    private static final String PAUSED = "paused";

    @Override
    public String name() {
        return "web-busy";
    }

    @Override
    public String summary() {
        return "the first web server with a `url` is busy: its program is blocked";
    }

    @Override
    public Prediction cost(Costs costs) {
        return costs.webBusy(name());
    }

    @Override
    public boolean strikesWebServers() {
        return true;
    }

    @Override
    public boolean concernsStreams() {
        return true;
    }

    @Override
    public String what(Ground ground) {
        return "docker pause " + String.join(" ", struck(ground).map(Node::container).toList());
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        Existing all = ground.existing();
        if (all.first().isPresent()) {
            return States.notRunning(ground, struck(ground).toList());
        }
        return Optional.of(
                all.elsewhere().isEmpty()
                        ? "no web server here has a `url`; use web-hang"
                        : "no container of this engine is "
                                + String.join(" or ", all.elsewhere())
                                + "; block it where it runs, by `tandem drill change`");
    }

    @Override
    public void inject(Ground ground) {
        struck(ground).forEach(node -> ground.nodes().pause(node.container()));
    }

    @Override
    public void heal(Ground ground) {
        paused(ground).forEach(node -> ground.nodes().unpause(node.container()));
    }

    /// It belongs to somebody else, who may have stopped or removed it meanwhile: only what is
    /// frozen is not whole.
    @Override
    public Optional<String> unhealed(Ground ground) {
        return paused(ground).stream().map(node -> node.container() + " is paused").findFirst();
    }

    private static List<Node> paused(Ground ground) {
        return struck(ground).filter(node -> States.is(ground, node, PAUSED)).toList();
    }

    private static Stream<Node> struck(Ground ground) {
        return ground.existing().first().stream();
    }
}
