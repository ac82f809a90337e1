package dev.tandem.drill.judge;

/// A judge's verdict. There is no fourth: what is not known is INCONCLUSIVE, never PASSED.
public enum Verdict {
    /// Everything required was measured, and it holds.
    PASSED,
    /// Something measured exceeds the budget, or must never happen.
    FAILED,
    /// No verdict is possible.
    INCONCLUSIVE
}
