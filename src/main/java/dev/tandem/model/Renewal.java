package dev.tandem.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How it stands with the certificate that a CA gives to a site: what there is, and how the last
/// attempt to get another one ended. It is kept on disk, so that neither a restart nor a move of
/// the VIP begins again.
///
/// @param held the certificate that there is
/// @param failure the last attempt, if it failed
public record Renewal(Optional<Held> held, Optional<Failure> failure) {
    /// Nothing yet.
    public static final Renewal NONE = new Renewal(Optional.empty(), Optional.empty());

    /// A certificate.
    ///
    /// @param url the directory that it is from
    /// @param names the hostnames that it is for
    /// @param begins when it became valid
    /// @param ends when it expires
    /// @param due when the next one is ordered
    public record Held(String url, List<String> names, Instant begins, Instant ends, Instant due) {
        /// Clients must not see an end that comes nearer: two thirds of the last third.
        private static final int LATE_OF_NINE = 7;

        public Held {
            names = List.copyOf(names);
        }

        /// From when on somebody has to look at it, because nothing has renewed it.
        public Instant late() {
            Duration life = Duration.between(begins, ends);
            return begins.plus(life.multipliedBy(LATE_OF_NINE).dividedBy(9));
        }
    }

    /// An attempt that failed.
    ///
    /// @param asked what was asked for: the directory and the names
    /// @param count how many there were in a row
    /// @param at when
    /// @param why in words, on one line
    /// @param next when the next attempt may be made
    public record Failure(String asked, int count, Instant at, String why, Instant next) {}
}
