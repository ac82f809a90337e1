package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes snapshots. All nodes are asked at once: a snapshot takes as long as the slowest answer,
/// and never longer than {@link #PATIENCE}.
public final class Observer {
    /// How long one balancer may take to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Docker docker;

    public Observer(Docker docker) {
        this.docker = docker;
    }

    /// Looks now. The balancers are asked without waiting for the list of containers: one that does
    /// not run is silent.
    public Snapshot look(Site site) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<BalancerSeen>> asked = new LinkedHashMap<>();
            for (Balancer balancer : site.balancers()) {
                Callable<BalancerSeen> question = () -> ask(site.container(balancer.name()));
                asked.put(balancer.name(), threads.submit(question));
            }
            Map<String, Container> containers =
                    docker.containers(site.name()).stream()
                            .collect(
                                    Collectors.toMap(
                                            Container::service, Function.identity(), (a, b) -> a));
            Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
            asked.forEach((name, answer) -> balancers.put(name, outcome(answer)));
            return new Snapshot(containers, balancers);
        }
    }

    private BalancerSeen ask(String container) {
        Output output = docker.exec(container, PATIENCE, "node-state");
        if (output.ok()) {
            return NodeState.parse(output.stdout());
        }
        return new BalancerSeen.Silent(
                output.exit() == Output.TIMED_OUT
                        ? "no answer within " + PATIENCE.toSeconds() + " s"
                        : "not running");
    }

    private static BalancerSeen outcome(Future<BalancerSeen> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BalancerSeen.Silent("interrupted");
        } catch (ExecutionException e) {
            return new BalancerSeen.Silent(String.valueOf(e.getCause()));
        }
    }
}
