package dev.tandem.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part of the logs of a Compose project.
///
/// @param services whose; none: of all
/// @param tail how many of the last lines of each: a number, or `all`
/// @param since from when on: a moment, or how long ago, as Docker reads it; empty: from the
///   beginning
/// @param which whether they end with what exists
public record LogPart(List<String> services, String tail, Optional<String> since, Which which) {
    /// Every line that exists.
    public static final String ALL = "all";

    /// Whether logs end with what exists, or keep following.
    public enum Which {
        SO_FAR,
        FOLLOWED
    }

    public LogPart {
        services = List.copyOf(services);
    }

    /// The options and arguments of `docker compose logs`.
    List<String> options() {
        List<String> argv = new ArrayList<>(List.of("--tail", tail));
        since.ifPresent(from -> argv.addAll(List.of("--since", from)));
        if (which == Which.FOLLOWED) {
            argv.add("--follow");
        }
        argv.addAll(services);
        return argv;
    }
}
