package dev.tandem.drill.fault;

import dev.tandem.docker.SiteMachine;
import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.ground.Struck;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// A machine of the site is rebooted in order. It comes back by itself, with what it has: the heal
/// waits for it, opens the way to it again, and starts what did not come back.
///
/// @param struck which machine
record MachineRebooted(Struck struck) implements Fault {
    private static final String NAME = "machine-reboot";

    /// Servers test their memory before they start anything.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public String name() {
        return struck.name(NAME);
    }

    @Override
    public Optional<Fault> called(String word) {
        return word.equals(name())
                ? Optional.of(this)
                : Struck.of(NAME, word).map(MachineRebooted::new);
    }

    @Override
    public String summary() {
        return "the master's machine is rebooted, over machines; =m2: another one";
    }

    @Override
    public Prediction cost(Costs costs) {
        return costs.machineReboots(name(), struck.named());
    }

    @Override
    public String what(Ground ground) {
        return "reboot %s, with all that runs on it: %s"
                .formatted(
                        struck.machine(ground)
                                .map(SiteMachine::words)
                                .orElse("the machine of the master"),
                        struck.nodes(ground).stream()
                                .map(Node::container)
                                .collect(Collectors.joining(" ")));
    }

    @Override
    public Optional<String> machine(Ground ground) {
        return struck.machine(ground).map(SiteMachine::name);
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return struck.missing(ground)
                .or(() -> struckOf(ground).notToReboot())
                .or(() -> Foreign.notRestartable(ground, struck.nodes(ground)))
                .or(() -> Bystanders.spared(ground, struckOf(ground).nodes()));
    }

    @Override
    public void inject(Ground ground) {
        struckOf(ground).reboot();
    }

    @Override
    public Duration longest() {
        return LONGEST;
    }

    @Override
    public void heal(Ground ground) {
        if (struckOf(ground).absence().isEmpty()) {
            struck.nodes(ground).stream()
                    .filter(node -> !States.is(ground, node, "running"))
                    .forEach(node -> ground.nodes().start(node.container()));
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return struckOf(ground).absence().or(() -> States.notRunning(ground, struck.nodes(ground)));
    }

    /// There is one, or it was refused.
    private SiteMachine struckOf(Ground ground) {
        return struck.machine(ground).orElseThrow();
    }
}
