package dev.tandem.model;

/// What is asked of a web server by hand.
///
/// @param state whether it gets requests
/// @param weight its share in percent of what it would get, 1 to 100
public record ServerOrder(State state, int weight) {
    /// As the site file has it.
    public static final ServerOrder READY = new ServerOrder(State.READY, 100);

    public ServerOrder {
        if (weight < 1 || weight > 100) {
            throw new IllegalArgumentException("weight " + weight + "; possible is 1 to 100");
        }
    }

    /// HAProxy's words for the state of a server (management guide, `set server … state`).
    public enum State {
        /// It gets requests.
        READY,
        /// It gets no new requests, and finishes those that it has.
        DRAIN,
        /// It gets nothing and is not checked.
        MAINT
    }
}
