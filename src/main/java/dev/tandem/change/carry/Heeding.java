package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Step;
import dev.tandem.docker.Await;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Balancers that have to act on what is written for them: their inits read it. An init that does
/// not run would read it later, when nobody expects it any more; so no change begins that needs it.
final class Heeding {
    /// One that is only late on a busy machine goes round again within this time.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Heeding() {}

    /// A look at which every init runs that the plan needs.
    ///
    /// @param first the look that was taken already
    ///
    /// @throws Stop when one of them does not run
    static Seen seen(Seen first, Await await, Supplier<Seen> look, Function<Seen, Plan> planner) {
        if (stopped(first, planner.apply(first)).isEmpty()) {
            return first;
        }
        Seen last = await.until(GRACE, () -> running(look.get(), planner)).orElseGet(look);
        SortedMap<String, Duration> stopped = stopped(last, planner.apply(last));
        if (stopped.isEmpty()) {
            return last;
        }
        throw refusal(stopped, last);
    }

    private static Optional<Seen> running(Seen seen, Function<Seen, Plan> planner) {
        return Optional.of(seen).filter(it -> stopped(it, planner.apply(it)).isEmpty());
    }

    /// The balancers whose inits the plan needs and that do not run: for how long. Pure.
    static SortedMap<String, Duration> stopped(Seen seen, Plan plan) {
        TreeMap<String, Duration> stopped = new TreeMap<>();
        seen.balancers()
                .forEach((name, says) ->
                        says.stopped()
                                .filter(_ -> plan.steps().stream().anyMatch(s -> needs(s, name)))
                                .filter(_ ->
                                        plan.steps().stream().noneMatch(s -> restarts(s, name)))
                                .ifPresent(age -> stopped.put(name, age)));
        return stopped;
    }

    private static boolean needs(Step step, String balancer) {
        return switch (step) {
            case Step.Stand stand -> stand.node().equals(balancer);
            case Step.Switchover _, Step.Home _ -> true;
            case Step.Create _, Step.Start _, Step.Resume _, Step.Replace _, Step.Attach _ -> false;
            case Step.Remove _, Step.Write _, Step.Reload _, Step.Set _, Step.Unassign _ -> false;
            case Step.Drain _, Step.Ready _, Step.Probe _, Step.Watch _, Step.Policy _ -> false;
            case Step.Move _ -> false;
        };
    }

    private static boolean restarts(Step step, String balancer) {
        return step instanceof Step.Replace && step.node().equals(balancer);
    }

    private static Stop refusal(SortedMap<String, Duration> stopped, Seen seen) {
        List<String> lines = new ArrayList<>();
        stopped.forEach((name, age) ->
                lines.add(name + ": its init has not run for " + age.toSeconds() + " s"));
        String container =
                Optional.ofNullable(seen.containers().get(stopped.firstKey()))
                        .map(Seen.Box::name)
                        .orElse(stopped.firstKey());
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                String.join(" and ", stopped.keySet()) + " cannot follow an order now",
                String.join("\n", lines),
                "nothing was changed",
                "docker kill -s CONT %1$s, if a signal has stopped it; docker restart %1$s"
                        .formatted(container));
    }
}
