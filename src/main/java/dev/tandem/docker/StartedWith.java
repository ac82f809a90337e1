package dev.tandem.docker;

import java.util.List;

/// How a container was started, where that limits what may be done to it.
///
/// @param network Docker's network mode: `host`, `container:ID`, or the name of a network
/// @param processes Docker's PID mode; empty when it sees only its own processes
/// @param afterwards what happens to it when it ends
/// @param given the networks on which its address was assigned explicitly, so that it gets it again
public record StartedWith(
        String network, String processes, Afterwards afterwards, List<String> given) {
    public StartedWith {
        given = List.copyOf(given);
    }

    /// What happens to a container that has ended.
    public enum Afterwards {
        /// It can be started again.
        STAYS,
        /// It was started with `docker run --rm`: it is gone for good.
        REMOVED
    }
}
