package dev.tandem.docker;

import dev.tandem.text.Seconds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;

/// The clock of an engine's machine, beside that of this one.
///
/// @param ahead how far it is ahead; negative when it is behind
/// @param within how exactly that is known: half of the time that the answer took
public record ClockSeen(Duration ahead, Duration within) {

    /// What an answer says; empty when it has no time that can be read.
    ///
    /// @param before this machine's clock before the question
    /// @param theirs the engine's, as it writes it (RFC 3339)
    /// @param after this machine's clock after the answer
    public static Optional<ClockSeen> of(Instant before, String theirs, Instant after) {
        try {
            Duration half = Duration.between(before, after).dividedBy(2);
            Instant there = OffsetDateTime.parse(theirs).toInstant();
            return Optional.of(new ClockSeen(Duration.between(before.plus(half), there), half));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Asks an engine.
    ///
    /// @throws dev.tandem.model.Stop when it does not answer
    public static Optional<ClockSeen> ask(Docker docker, InstantSource clock) {
        Instant before = clock.instant();
        String theirs = docker.info().clock();
        return of(before, theirs, clock.instant());
    }

    /// Whether it surely differs by more than that.
    public boolean isOff(Duration more) {
        return ahead.abs().minus(within).compareTo(more) > 0;
    }

    /// Such as `4.2 s ahead of`.
    public String words() {
        return Seconds.tenths(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of");
    }
}
