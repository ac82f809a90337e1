package dev.tandem.drill;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.model.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks in advance that everything to be broken can be, so that a drill does not stop half-way.
public final class Obstacles {
    private Obstacles() {}

    /// Asks each fault, and changes nothing.
    ///
    /// @param from the machine of the site that the load is sent from; empty: this one
    /// @throws Stop if one of them is impossible here; it names all that are
    public static void check(List<Fault> faults, Ground ground, Optional<String> from) {
        List<String> reasons = new ArrayList<>();
        for (Fault fault : faults) {
            fault.obstacle(ground)
                    .or(() -> loadStruck(fault, ground, from))
                    .ifPresent(reason -> reasons.add(fault.name() + ": " + reason));
        }
        if (!reasons.isEmpty()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "not all of these faults can be injected on " + ground.site(),
                    String.join("\n", reasons),
                    "nothing was broken",
                    "leave these out; to see all faults: tandem drill --list");
        }
    }

    private static Optional<String> loadStruck(Fault fault, Ground ground, Optional<String> from) {
        return from.filter(machine -> fault.machine(ground).equals(from))
                .map(machine ->
                        "it strikes %s, from which the load is sent: what is lost there would count"
                                        .formatted(machine)
                                + " as lost by the site; --from another machine");
    }
}
