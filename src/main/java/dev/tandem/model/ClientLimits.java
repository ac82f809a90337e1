package dev.tandem.model;

import java.util.Optional;

/// What a single client, which is an address, may take of a balancer, besides what always holds: at
/// most half of what the balancer can hold (decision 0033).
///
/// @param connections how many it may have open; empty: no other limit
/// @param requests how many it may send; empty: no limit
public record ClientLimits(Optional<Integer> connections, Optional<Rate> requests) {
    /// The half alone.
    public static final ClientLimits NONE = new ClientLimits(Optional.empty(), Optional.empty());
}
