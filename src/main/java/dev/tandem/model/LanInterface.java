package dev.tandem.model;

/// What the user says about the interface that carries the LAN.
public sealed interface LanInterface {

    /// The host's interface that holds the VIP's subnet, or a bridge of our own where none does.
    record Auto() implements LanInterface {}

    /// This interface of the host, such as ens33, and no other.
    ///
    /// @param name at most 15 characters, as the kernel has it
    record Named(String name) implements LanInterface {}
}
