package dev.tandem.drill.judge;

/// Whether the generator kept its own schedule ({@link dev.tandem.load.Punctuality}).
public enum Timekeeping {
    KEPT,
    LATE,
    UNKNOWN
}
