package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Step;
import dev.tandem.change.plan.Wanted;
import dev.tandem.docker.Await;
import dev.tandem.model.Balancer;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Balancers that must say what they run: unknown is never good. One that is silent is waited for,
/// as it may only be late on a busy machine. When it stays silent, no change begins; and a change
/// that it answered before was not taken back.
///
/// @param balancers their names
record Spoke(Set<String> balancers) {
    Spoke {
        balancers = Set.copyOf(balancers);
    }

    static Spoke before(Seen seen) {
        return new Spoke(seen.balancers().keySet());
    }

    /// All that the site keeps. One whose container is recreated need not say what was in it.
    static Spoke needed(Wanted wanted, Plan plan) {
        return new Spoke(
                wanted.site().balancers().stream()
                        .map(Balancer::name)
                        .filter(name -> plan.steps().stream().noneMatch(s -> replaces(s, name)))
                        .collect(Collectors.toSet()));
    }

    private static boolean replaces(Step step, String balancer) {
        return (step instanceof Step.Replace || step instanceof Step.Move)
                && step.node().equals(balancer);
    }

    /// Those that run and say nothing now.
    List<String> silent(Seen now) {
        return balancers.stream()
                .filter(name -> !now.balancers().containsKey(name))
                .filter(name ->
                        Optional.ofNullable(now.containers().get(name))
                                .filter(box -> box.state().equals("running"))
                                .isPresent())
                .sorted()
                .toList();
    }

    /// A look at which all of them answer; at the deadline, one at which they do not.
    Seen heard(Await await, Duration patience, Supplier<Seen> look) {
        return await.until(
                        patience,
                        () -> Optional.of(look.get()).filter(seen -> silent(seen).isEmpty()))
                .orElseGet(look);
    }

    /// @param state what is true of the site then
    /// @throws Stop when one of them is silent
    void refuseSilence(Seen now, String state) {
        List<String> silent = silent(now);
        if (!silent.isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    String.join(" and ", silent) + " does not say what it runs",
                    "its container runs, and does not answer",
                    state,
                    "tandem logs %1$s; when it hangs: docker restart %2$s"
                            .formatted(silent.getFirst(), container(now, silent.getFirst())));
        }
    }

    private static String container(Seen now, String balancer) {
        return Optional.ofNullable(now.containers().get(balancer))
                .map(Seen.Box::name)
                .orElse(balancer);
    }
}
