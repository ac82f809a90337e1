package dev.tandem.model;

/// What an operator asks of a web server.
///
/// @param state whether it gets requests
/// @param weight its share in percent of its normal share, 1 to 100
public record ServerOrder(State state, int weight) {
    /// As the site file says.
    public static final ServerOrder READY = new ServerOrder(State.READY, 100);

    private static final int WHOLE = 100;

    public ServerOrder {
        if (weight < 1 || weight > 100) {
            throw new IllegalArgumentException("weight " + weight + "; possible is 1 to 100");
        }
    }

    /// The weight that HAProxy counts with, of a web server with this share: both percentages
    /// together, rounded as HAProxy does it.
    public int weightOf(ServerShare share) {
        return share.weight() * weight / WHOLE;
    }

    /// The percentage of its share that a web server has with this weight.
    public static int percent(int weight, ServerShare share) {
        return Math.ceilDiv(weight * WHOLE, share.weight());
    }

    /// HAProxy's words for the state of a server (management guide, `set server … state`).
    public enum State {
        /// It gets requests.
        READY,
        /// It gets no new requests, and finishes those in progress.
        DRAIN,
        /// It gets nothing and is not checked.
        MAINT
    }
}
