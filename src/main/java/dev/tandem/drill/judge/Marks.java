package dev.tandem.drill.judge;

import java.util.Optional;

/// The moments of a drill, in nanoseconds from the run's zero; empty where a moment is not known.
///
/// @param injected when the fault began to be injected
/// @param healed when its heal was verified
/// @param ended when the recording ended, all of it being there; empty when it was broken off
public record Marks(Optional<Long> injected, Optional<Long> healed, Optional<Long> ended) {
    /// All three.
    public static Marks of(long injected, long healed, long ended) {
        return new Marks(Optional.of(injected), Optional.of(healed), Optional.of(ended));
    }

    /// Which part of the run a request belongs to. DURING is every request that was under way while
    /// the fault was there, if only for a moment. Without the injection's moment all is BEFORE;
    /// with it, but without the heal's, nothing is AFTER.
    Phase phase(long planned, long done) {
        if (injected.isEmpty() || done < injected.get()) {
            return Phase.BEFORE;
        }
        return healed.isPresent() && planned >= healed.get() ? Phase.AFTER : Phase.DURING;
    }
}
