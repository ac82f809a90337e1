package dev.tandem.prepare;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An image that a site runs, as it was looked at.
///
/// @param image its name
/// @param made when; empty when the engine has it no longer
/// @param updates what apt says; empty when it was not asked
public record ImageSeen(String image, Optional<Instant> made, Optional<Updates> updates) {
    /// How old it is, in words: `made today`, `12 days old`.
    public String age(Instant now) {
        return made.map(at -> Duration.between(at, now).toDays())
                .map(days ->
                        days < 1 ? "made today" : days + (days == 1 ? " day old" : " days old"))
                .orElse("gone");
    }
}
