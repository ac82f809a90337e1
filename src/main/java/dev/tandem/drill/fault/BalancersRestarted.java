package dev.tandem.drill.fault;

import dev.tandem.docker.Beside;
import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// All balancers are restarted at the same time. This heals by itself; the heal starts what did not
/// come back.
record BalancersRestarted() implements Fault {
    @Override
    public String name() {
        return "balancers-restart";
    }

    @Override
    public String summary() {
        return "all balancers are restarted at the same time";
    }

    @Override
    public Prediction cost(Costs costs) {
        return Costs.unknown(name(), "how fast Docker starts them is not in the site file");
    }

    @Override
    public String what(Ground ground) {
        return ground.balancers().stream()
                .map(node -> "docker restart " + node.container())
                .collect(Collectors.joining(" & "));
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return Foreign.notRestartable(ground, ground.balancers());
    }

    @Override
    public void inject(Ground ground) {
        try (ExecutorService threads = Beside.each()) {
            List<Future<?>> all = new ArrayList<>();
            for (Node node : ground.balancers()) {
                all.add(threads.submit(() -> ground.nodes().restart(node.container())));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e);
        }
    }

    @Override
    public void heal(Ground ground) {
        for (Node node : ground.balancers()) {
            if (!States.is(ground, node, "running")) {
                ground.nodes().start(node.container());
            }
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return States.notRunning(ground, ground.balancers());
    }
}
