package dev.tandem.drill.journal;

/// Whether a fault may come on top of another: two at once tell little about either, so a drill has
/// to say that it wants them.
public enum Company {
    /// Only when nothing else is broken.
    ALONE,
    /// Also while other faults of the same drill are open.
    WITH_OTHERS
}
