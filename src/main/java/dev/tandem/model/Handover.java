package dev.tandem.model;

/// What becomes of connections that are open when the VIP moves, as the user wants it.
public enum Handover {
    /// They live on where they are; the new master sends their packets there.
    ON,
    /// They break.
    OFF;

    /// Of exactly so many balancers each knows where a connection is that it does not have itself.
    public static final int BALANCERS = 2;
}
