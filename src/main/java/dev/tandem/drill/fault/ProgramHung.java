package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Program;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
import java.util.Optional;

/// A program of the master that is running but does nothing: all of its processes are stopped.
/// Healed by continuing them.
record ProgramHung(String name, String summary, Program program) implements Fault {

    static Fault haproxyHang() {
        String summary = "HAProxy of the master hangs: its port is open, nothing answers";
        return new ProgramHung("haproxy-hang", summary, Program.HAPROXY);
    }

    static Fault keepalivedHang() {
        String summary = "Keepalived of the master hangs: silent, while it holds the VIP";
        return new ProgramHung("keepalived-hang", summary, Program.KEEPALIVED);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (program) {
            case HAPROXY -> costs.haproxyHangs(name);
            case KEEPALIVED -> costs.keepalivedHangs(name);
        };
    }

    @Override
    public String what(Ground ground) {
        String container = ground.master().container();
        return "kill -STOP all processes of " + program.word() + " in " + container;
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return program.unreachable(ground, ground.master());
    }

    @Override
    public void inject(Ground ground) {
        program.signal(ground, ground.master(), "STOP");
    }

    @Override
    public void heal(Ground ground) {
        if (States.is(ground, ground.master(), "running")) {
            program.signal(ground, ground.master(), "CONT");
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        Optional<String> down = States.notRunning(ground, List.of(ground.master()));
        if (down.isPresent()) {
            return down;
        }
        List<String> all = program.processes(ground, ground.master());
        boolean hangs = all.isEmpty() || all.stream().anyMatch(line -> line.endsWith(" T"));
        return hangs
                ? Optional.of(program.word() + " in " + ground.master().container() + ": " + all)
                : Optional.empty();
    }
}
