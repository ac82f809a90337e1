package dev.tandem.evidence;

/// When another balancer took the VIP, from Keepalived's own events.
public sealed interface Takeover {

    /// This fault should not move the VIP, and no event shows that it did.
    record NotExpected() implements Takeover {}

    /// It happened.
    ///
    /// @param struck when the fault struck, nanoseconds from the run's zero
    /// @param at when the VIP had moved, on the same clock
    record At(long struck, long at) implements Takeover {}

    /// It should have happened, or may have, and no event shows it.
    record Missing(String reason) implements Takeover {}
}
