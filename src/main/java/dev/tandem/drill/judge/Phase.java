package dev.tandem.drill.judge;

/// A part of a drill, as a request sees it.
public enum Phase {
    /// It ended before the fault.
    BEFORE,
    /// It was in flight while the fault was in place.
    DURING,
    /// It was planned after the heal.
    AFTER
}
