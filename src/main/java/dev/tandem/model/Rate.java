package dev.tandem.model;

import dev.tandem.text.Seconds;
import java.time.Duration;

/// So many requests in any span of so long.
///
/// @param requests at least 1
/// @param per whole seconds
public record Rate(int requests, Duration per) {
    /// In the notation of the site file: `200/10s`.
    @Override
    public String toString() {
        return requests + "/" + Seconds.bare(per) + "s";
    }
}
