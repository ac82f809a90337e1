package dev.tandem.house.wrong.stray;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Lives where no rule looks.
    record Stray() {}
}
