package dev.tandem.drill.journal;

/// Whether a fault may be added to another: two at once tell little about either, so a drill has to
/// ask for it explicitly.
public enum Company {
    /// Only if nothing else is broken.
    ALONE,
    /// Also while other faults of the same drill are open.
    WITH_OTHERS
}
