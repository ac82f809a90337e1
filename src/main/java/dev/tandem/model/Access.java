package dev.tandem.model;

import java.util.List;

/// Whose connections, or requests, are let in.
///
/// @param allow the only ones; empty: everybody's
/// @param deny those that are not, also if they are among the others
public record Access(List<AddressRange> allow, List<AddressRange> deny) {
    /// Everybody's.
    public static final Access EVERYBODY = new Access(List.of(), List.of());

    public Access {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
