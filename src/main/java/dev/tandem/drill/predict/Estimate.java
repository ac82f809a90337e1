package dev.tandem.drill.predict;

import java.time.Duration;

/// The longest that something is expected to take. "Unknown" is a value of its own and never a
/// small number.
public sealed interface Estimate {

    /// At most this long.
    ///
    /// @param most the longest time by the formula, at the worst moment for the fault
    /// @param formula the formula with its numbers: `3 × 0.1 s + 0.005 s = 0.305 s`
    record Within(Duration most, String formula) implements Estimate {}

    /// It does not stop at all.
    record Unbroken(String reason) implements Estimate {}

    /// It does not come back until the fault is healed.
    record UntilHealed(String reason) implements Estimate {}

    /// No formula applies.
    record Unknown(String reason) implements Estimate {}
}
