package dev.tandem.change.carry;

/// Whether to go on.
public enum Consent {
    GIVEN,
    REFUSED
}
