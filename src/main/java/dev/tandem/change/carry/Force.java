package dev.tandem.change.carry;

/// The safeguards that an operator overrides.
///
/// @param harm whether a harmful plan is carried out
/// @param lock whether a lock is taken although its owner may still be alive
/// @param away machines that need not answer
public record Force(boolean harm, boolean lock, Away away) {
    /// No safeguard.
    public static final Force NONE = new Force(false, false);

    /// With all machines.
    public Force(boolean harm, boolean lock) {
        this(harm, lock, Away.NONE);
    }
}
