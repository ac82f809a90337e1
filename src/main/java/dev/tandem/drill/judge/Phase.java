package dev.tandem.drill.judge;

/// A part of a drill, as a request sees it.
public enum Phase {
    /// It ended before the fault.
    BEFORE,
    /// It was under way while the fault was there.
    DURING,
    /// It was planned after the heal.
    AFTER
}
