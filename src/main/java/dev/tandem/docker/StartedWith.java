package dev.tandem.docker;

import java.util.List;

/// How a container was started, as far as it decides what may be done to it.
///
/// @param network Docker's network mode: `host`, `container:ID`, or the name of a network
/// @param processes Docker's PID mode: empty where it sees its own processes only
/// @param afterwards what becomes of it when it ends
/// @param given the networks on which its address was given to it, so that it gets it again
public record StartedWith(
        String network, String processes, Afterwards afterwards, List<String> given) {
    public StartedWith {
        given = List.copyOf(given);
    }

    /// What becomes of a container that has ended.
    public enum Afterwards {
        /// It can be started again.
        STAYS,
        /// `docker run --rm`: it is gone for ever.
        REMOVED
    }
}
