package dev.tandem.drill.judge;

/// What a judge says. There is no fourth: what is not known is INCONCLUSIVE, never PASSED.
public enum Verdict {
    /// All that was asked for was measured, and it holds.
    PASSED,
    /// Something that was measured breaks the budget, or must never happen.
    FAILED,
    /// It cannot be said.
    INCONCLUSIVE
}
