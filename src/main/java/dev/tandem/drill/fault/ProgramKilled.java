package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Program;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program of the master that is killed, all of its processes at once. Its supervisor starts it
/// again; if it has none, the heal restarts the container.
record ProgramKilled(String name, String summary, Program program) implements Fault {
    /// How long the program's supervisor may take to start it again.
    private static final Duration MINDED = Duration.ofSeconds(10);

    static Fault haproxyKill() {
        String summary = "HAProxy of the master is killed";
        return new ProgramKilled("haproxy-kill", summary, Program.HAPROXY);
    }

    static Fault keepalivedKill() {
        String summary = "Keepalived of the master is killed";
        return new ProgramKilled("keepalived-kill", summary, Program.KEEPALIVED);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (program) {
            case HAPROXY -> costs.haproxyKilled(name);
            case KEEPALIVED -> costs.keepalivedKilled(name);
        };
    }

    @Override
    public String what(Ground ground) {
        String container = ground.master().container();
        return "kill -KILL all processes of " + program.word() + " in " + container;
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return program.unreachable(ground, ground.master())
                .or(() -> Foreign.notRestartable(ground, List.of(ground.master())));
    }

    @Override
    public void inject(Ground ground) {
        program.signal(ground, ground.master(), "KILL");
    }

    @Override
    public void heal(Ground ground) {
        if (!States.is(ground, ground.master(), "running")) {
            ground.nodes().start(ground.master().container());
        }
        Optional<Boolean> back =
                ground.await()
                        .until(
                                MINDED,
                                () ->
                                        unhealed(ground).isEmpty()
                                                ? Optional.of(true)
                                                : Optional.empty());
        if (back.isEmpty()) {
            ground.nodes().restart(ground.master().container());
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        Optional<String> down = States.notRunning(ground, List.of(ground.master()));
        if (down.isEmpty() && program.processes(ground, ground.master()).isEmpty()) {
            return Optional.of(program.word() + " does not run in " + ground.master().container());
        }
        return down;
    }
}
