package dev.tandem.model;

import java.util.Optional;

/// What part of a pool's requests a web server gets, by the site file. What operators ask for comes
/// on top of it.
///
/// @param weight its weight against the others of the pool, in percent of the usual one, 1 to
///   {@link #MOST}
/// @param maxConnections how many requests a balancer has open at it at most; the rest waits;
///   empty: no limit
/// @param backup whether it gets requests only when no other one of the pool is in rotation
public record ServerShare(int weight, Optional<Integer> maxConnections, boolean backup) {
    /// The usual one.
    public static final int USUAL_WEIGHT = 100;

    /// What HAProxy can count to.
    public static final int MOST = 256;

    /// That of a web server of which the file says nothing.
    public static final ServerShare USUAL = new ServerShare(USUAL_WEIGHT, Optional.empty(), false);

    /// Whether the file says nothing of it.
    public boolean isUsual() {
        return weight == USUAL_WEIGHT && maxConnections.isEmpty() && !backup;
    }
}
