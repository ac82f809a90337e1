package dev.tandem.drill.journal;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Heals a fault until the heal is verified.
final class Healing {
    private Healing() {}

    /// Heals, inspects, and repeats both until nothing is left of the fault or the patience runs
    /// out. A failed heal is tried again as well.
    ///
    /// @param file where the fault is recorded
    /// @throws Stop if the heal could not be verified
    static void see(Fault fault, Ground ground, Duration patience, Path file) {
        AtomicReference<String> seen = new AtomicReference<>("");
        if (ground.await().until(patience, () -> attempt(fault, ground, seen)).isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    fault.name() + " could not be healed",
                    "after %s s: %s".formatted(patience.toSeconds(), seen.get()),
                    "still broken: " + fault.what(ground) + "\nit stays recorded in " + file,
                    "docker ps --all; then run tandem drill again, which first tries to heal it");
        }
    }

    private static Optional<Boolean> attempt(
            Fault fault, Ground ground, AtomicReference<String> seen) {
        try {
            fault.heal(ground);
            Optional<String> unhealed = fault.unhealed(ground);
            unhealed.ifPresent(seen::set);
            return unhealed.isEmpty() ? Optional.of(true) : Optional.empty();
        } catch (Stop e) {
            seen.set(e.getMessage() + ": " + e.seen());
            return Optional.empty();
        } catch (RuntimeException e) {
            seen.set(e.toString());
            return Optional.empty();
        }
    }
}
