package dev.tandem.change.carry;

import java.time.Duration;

/// How long a change takes its time, at most.
///
/// @param step how long a node may take for a step
/// @param watch how long the requests of a balancer with a new configuration are watched
public record WaitLimits(Duration step, Duration watch) {
    /// Unless the operator asks for others: 40 s for a step; 5 s to watch, in which the checks find
    /// a dead web server five times over.
    public static final WaitLimits USUAL =
            new WaitLimits(Duration.ofSeconds(40), Duration.ofSeconds(5));
}
