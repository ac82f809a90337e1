package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Toolbox;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
import java.util.Optional;

/// A machine whose processors are busy with other work: loops in a container with many times the
/// share of any other, two per processor. They end by themselves.
///
/// On one machine this hits every node of the pair at once: the master is starved, and so is its
/// peer. Over machines it hits that of the master.
record CpuStarvation() implements Fault {
    private static final String SCRIPT =
            """
            left=$(($(nproc) * 2))
            while [ $left -gt 0 ]; do
              timeout 120 sh -c 'while :; do :; done' &
              left=$((left - 1))
            done
            echo 'in place'
            wait
            """;

    @Override
    public String name() {
        return "cpu-starvation";
    }

    @Override
    public String summary() {
        return "the processors are busy with other work, for 2 minutes at most";
    }

    @Override
    public Prediction cost(Costs costs) {
        return Costs.unknown(name(), "what each process gets is not in the site file");
    }

    @Override
    public String what(Ground ground) {
        return "busy loops on all processors beside " + ground.master().container();
    }

    @Override
    public void inject(Ground ground) {
        List<String> more = List.of("--network", "none", "--cpu-shares", "65536");
        new Toolbox(ground, name()).start(ground.master().name(), more, SCRIPT);
    }

    @Override
    public void heal(Ground ground) {
        new Toolbox(ground, name()).clear(List.of());
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return new Toolbox(ground, name()).left(List.of());
    }
}
