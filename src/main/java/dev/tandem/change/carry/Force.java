package dev.tandem.change.carry;

/// What an operator takes upon himself.
///
/// @param harm a plan that does harm is carried out
/// @param lock a lock whose owner may live is taken
public record Force(boolean harm, boolean lock) {
    /// Nothing.
    public static final Force NONE = new Force(false, false);
}
