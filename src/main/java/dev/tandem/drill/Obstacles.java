package dev.tandem.drill;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.model.Stop;
import java.util.ArrayList;
import java.util.List;

/// Checks in advance that everything to be broken can be, so that a drill does not stop half-way.
public final class Obstacles {
    private Obstacles() {}

    /// Asks each fault, and changes nothing.
    ///
    /// @throws Stop if one of them is impossible here; it names all that are
    public static void check(List<Fault> faults, Ground ground) {
        List<String> reasons = new ArrayList<>();
        for (Fault fault : faults) {
            fault.obstacle(ground).ifPresent(reason -> reasons.add(fault.name() + ": " + reason));
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
}
