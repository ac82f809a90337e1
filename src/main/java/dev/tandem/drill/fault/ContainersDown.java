package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.ground.Victims;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.Optional;

/// Containers that go down: killed as by a power failure, or stopped cleanly. Healed by starting
/// them.
///
/// @param how what takes them down
record ContainersDown(String name, String summary, Victims victims, How how) implements Fault {

    /// What takes a container down.
    enum How {
        KILL,
        STOP
    }

    static Fault webKill() {
        String summary = "the first web server dies, as in a power failure";
        return new ContainersDown("web-kill", summary, Victims.FIRST_SERVER, How.KILL);
    }

    static Fault webStop() {
        String summary = "the first web server is stopped cleanly";
        return new ContainersDown("web-stop", summary, Victims.FIRST_SERVER, How.STOP);
    }

    static Fault webAllDown() {
        String summary = "all web servers die";
        return new ContainersDown("web-all-down", summary, Victims.ALL_SERVERS, How.KILL);
    }

    static Fault balancerKill() {
        String summary = "the master dies, as in a power failure";
        return new ContainersDown("balancer-kill", summary, Victims.MASTER, How.KILL);
    }

    static Fault balancerStop() {
        String summary = "the master is stopped cleanly";
        return new ContainersDown("balancer-stop", summary, Victims.MASTER, How.STOP);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (victims) {
            case FIRST_SERVER -> costs.webGone(name);
            case ALL_SERVERS -> costs.allWebGone(name);
            case MASTER ->
                    switch (how) {
                        case KILL -> costs.masterSilent(name);
                        case STOP -> costs.handedOver(name);
                    };
        };
    }

    @Override
    public boolean strikesWebServers() {
        return victims != Victims.MASTER;
    }

    @Override
    public String what(Ground ground) {
        return "docker " + verb() + " " + victims.containers(ground);
    }

    private String verb() {
        return switch (how) {
            case KILL -> "kill";
            case STOP -> "stop";
        };
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return victims.missing(ground).or(() -> Foreign.notRestartable(ground, victims.of(ground)));
    }

    @Override
    public void inject(Ground ground) {
        for (Node node : victims.of(ground)) {
            switch (how) {
                case KILL -> ground.nodes().kill(node.container());
                case STOP -> ground.nodes().stop(node.container());
            }
        }
    }

    @Override
    public void heal(Ground ground) {
        for (Node node : victims.of(ground)) {
            if (!States.is(ground, node, "running")) {
                ground.nodes().start(node.container());
            }
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return States.notRunning(ground, victims.of(ground));
    }
}
