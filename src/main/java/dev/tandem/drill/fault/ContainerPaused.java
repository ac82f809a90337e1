package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.ground.Victims;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.Optional;

/// A frozen container: it keeps its connections and answers nothing. Healed by thawing it.
record ContainerPaused(String name, String summary, Victims victims) implements Fault {

    static Fault webHang() {
        String summary = "the first web server hangs: it accepts connections and answers nothing";
        return new ContainerPaused("web-hang", summary, Victims.FIRST_SERVER);
    }

    static Fault balancerPause() {
        String summary = "the master freezes as a whole";
        return new ContainerPaused("balancer-pause", summary, Victims.MASTER);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (victims) {
            case FIRST_SERVER -> costs.webSilent(name);
            case ALL_SERVERS -> costs.allWebGone(name);
            case MASTER -> costs.masterSilent(name);
        };
    }

    @Override
    public boolean strikesWebServers() {
        return victims != Victims.MASTER;
    }

    @Override
    public String what(Ground ground) {
        return "docker pause " + victims.containers(ground);
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return victims.missing(ground);
    }

    @Override
    public void inject(Ground ground) {
        victims.of(ground).forEach(node -> ground.nodes().pause(node.container()));
    }

    @Override
    public void heal(Ground ground) {
        for (Node node : victims.of(ground)) {
            if (States.is(ground, node, "paused")) {
                ground.nodes().unpause(node.container());
            }
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return States.notRunning(ground, victims.of(ground));
    }
}
