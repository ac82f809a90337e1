package dev.tandem.drill.judge;

import java.util.Optional;

/// The moments of a drill, in nanoseconds from the run's zero; empty if a moment is not known.
///
/// @param injected when the injection of the fault began
/// @param struck when the fault struck: times count from here, and it is never before `injected`
/// @param healed when its heal was verified
/// @param ended when the complete recording ended; empty if it was cut short
public record Marks(
        Optional<Long> injected,
        Optional<Long> struck,
        Optional<Long> healed,
        Optional<Long> ended) {
    /// Of a fault that struck as soon as its injection began.
    public Marks(Optional<Long> injected, Optional<Long> healed, Optional<Long> ended) {
        this(injected, injected, healed, ended);
    }

    /// All three.
    public static Marks of(long injected, long healed, long ended) {
        return new Marks(Optional.of(injected), Optional.of(healed), Optional.of(ended));
    }

    /// Which part of the run a request belongs to. DURING is every request that was in flight while
    /// the fault was in place, even for a moment. Without the moment of injection everything is
    /// BEFORE; with it, but without that of the heal, nothing is AFTER.
    Phase phase(long planned, long done) {
        if (injected.isEmpty() || done < injected.get()) {
            return Phase.BEFORE;
        }
        return healed.isPresent() && planned >= healed.get() ? Phase.AFTER : Phase.DURING;
    }
}
