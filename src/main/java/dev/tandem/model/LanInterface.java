package dev.tandem.model;

/// What the user says about the interface that carries the LAN.
public sealed interface LanInterface {

    /// The host's interface in the VIP's subnet, or a bridge that Tandem creates when there is
    /// none.
    record Auto() implements LanInterface {}

    /// This interface of the host, such as ens33, and no other.
    ///
    /// @param name its name in the kernel, at most 15 characters
    record Named(String name) implements LanInterface {}

    /// As in the site file.
    default String word() {
        return switch (this) {
            case Auto _ -> "auto";
            case Named(String name) -> name;
        };
    }
}
