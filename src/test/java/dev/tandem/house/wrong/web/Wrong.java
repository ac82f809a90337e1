package dev.tandem.house.wrong.web;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Manages.
    record SiteManager() {}

    /// Holds something that helps.
    record Outer() {
        /// Helps.
        record Helper() {}
    }

    /// Is useful.
    record StringUtils() {}
}
