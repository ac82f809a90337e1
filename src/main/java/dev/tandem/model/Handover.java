package dev.tandem.model;

/// What the user wants to happen to open connections when the VIP moves.
public enum Handover {
    /// They stay where they are; the new master forwards their packets there.
    ON,
    /// They break.
    OFF;

    /// A hand-over needs exactly this many balancers: then each knows where a connection is that it
    /// does not have itself.
    public static final int BALANCERS = 2;
}
