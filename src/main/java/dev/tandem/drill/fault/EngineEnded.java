package dev.tandem.drill.fault;

import dev.tandem.docker.Engine;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.SiteMachine;
import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.ground.Struck;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.model.Stop;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The Docker engine ends: over machines, that of one of them. Healed by starting it if it does not
/// answer, and those containers of the pair on it that do not run.
///
/// It would also strike other people's containers of that engine, so it is refused while there are
/// some ({@link Bystanders}).
///
/// @param how how it ends
/// @param struck whose engine, where the site is over machines
record EngineEnded(How how, Struck struck) implements Fault {
    private static final String KILL = "engine-kill";

    /// How an engine ends.
    enum How {
        /// In order, and it starts again at once.
        RESTARTED,
        /// As in a crash. Whether it starts again is up to the machine.
        KILLED
    }

    static Fault restarted() {
        return new EngineEnded(How.RESTARTED, Struck.MASTERS);
    }

    static Fault killed() {
        return new EngineEnded(How.KILLED, Struck.MASTERS);
    }

    @Override
    public String name() {
        return switch (how) {
            case RESTARTED -> "engine-restart";
            case KILLED -> struck.name(KILL);
        };
    }

    @Override
    public Optional<Fault> called(String word) {
        return how == How.KILLED && !word.equals(KILL)
                ? Struck.of(KILL, word).map(one -> new EngineEnded(How.KILLED, one))
                : Fault.super.called(word);
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
        String all =
                struck.nodes(ground).stream().map(Node::container).collect(Collectors.joining(" "));
        String engine =
                struck.machine(ground)
                        .map(machine -> "the Docker engine of " + machine.words())
                        .orElse("the Docker engine");
        return "%s %s; %s: %s".formatted(verb(), engine, effect(containers(ground)), all);
    }

    private String verb() {
        return switch (how) {
            case RESTARTED -> "restart";
            case KILLED -> "kill";
        };
    }

    /// One that is silent does not say; that is an obstacle, and told as one.
    private Engine.Containers containers(Ground ground) {
        try {
            return engine(ground).containers();
        } catch (Stop silent) {
            return Engine.Containers.UNKNOWN;
        }
    }

    private String effect(Engine.Containers containers) {
        boolean killed = how == How.KILLED;
        return switch (containers) {
            case STOP ->
                    killed
                            ? "without live-restore it stops these when it is back, and starts none"
                            : "without live-restore these stop and start";
            case GO_ON -> "with live-restore these should go on";
            case UNKNOWN -> "it does not say whether these " + (killed ? "go on" : "stop");
        };
    }

    private Engine engine(Ground ground) {
        return struck.machine(ground)
                .map(SiteMachine::engine)
                .orElseGet(() -> ground.nodes().engine());
    }

    @Override
    public Optional<String> machine(Ground ground) {
        return struck.machine(ground).map(SiteMachine::name);
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        List<Node> nodes = struck.nodes(ground);
        return notToEnd(ground)
                .or(() -> Foreign.notRestartable(ground, nodes))
                .or(() -> Bystanders.spared(ground, containersOf(ground)));
    }

    private Optional<String> notToEnd(Ground ground) {
        boolean machines = ground.nodes().machines().isPresent();
        if (how == How.RESTARTED || (!machines && struck.named().isEmpty())) {
            return ground.nodes().engine().obstacle();
        }
        return struck.missing(ground)
                .or(() -> struck.machine(ground).flatMap(SiteMachine::notToEnd));
    }

    private Nodes containersOf(Ground ground) {
        return struck.machine(ground).map(SiteMachine::nodes).orElseGet(ground::nodes);
    }

    @Override
    public void inject(Ground ground) {
        switch (how) {
            case RESTARTED -> ground.nodes().engine().restart();
            case KILLED -> engine(ground).kill();
        }
    }

    @Override
    public void heal(Ground ground) {
        engine(ground).ensure();
        struck.nodes(ground).stream()
                .filter(node -> !States.is(ground, node, "running"))
                .forEach(node -> ground.nodes().start(node.container()));
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return engine(ground).answers()
                ? States.notRunning(ground, struck.nodes(ground))
                : Optional.of("the Docker engine does not answer");
    }
}
