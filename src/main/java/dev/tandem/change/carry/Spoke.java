package dev.tandem.change.carry;

import dev.tandem.change.plan.Seen;
import dev.tandem.docker.Await;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The balancers that answered before a change. One that is silent on the way back may run either
/// state, and unknown is never good: it is waited for, and if it stays silent the change was not
/// taken back.
///
/// @param balancers their names
record Spoke(Set<String> balancers) {
    Spoke {
        balancers = Set.copyOf(balancers);
    }

    static Spoke before(Seen seen) {
        return new Spoke(seen.balancers().keySet());
    }

    /// Those that run and say nothing now.
    private List<String> silent(Seen now) {
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

    /// @throws Stop when one of them is silent
    void refuseSilence(Seen now) {
        List<String> silent = silent(now);
        if (!silent.isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    String.join(" and ", silent) + " does not say what it runs",
                    "its container runs, and does not answer",
                    "what is healthy serves",
                    "tandem logs " + silent.getFirst());
        }
    }
}
