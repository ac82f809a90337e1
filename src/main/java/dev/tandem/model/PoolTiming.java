package dev.tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The times that a pool has for itself; what is empty is as for the whole site ({@link Timing}).
///
/// @param server how long a web server may be silent while it owes an answer
/// @param tunnel how long a WebSocket may be silent on both sides
/// @param gone how long the kernel of an existing server may leave packets unanswered
/// @param silent how long an existing server may take connections and answer nothing
public record PoolTiming(
        Optional<Duration> server,
        Optional<Duration> tunnel,
        Optional<Duration> gone,
        Optional<Duration> silent) {
    /// All as for the whole site.
    public static final PoolTiming NONE =
            new PoolTiming(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// The patience with these servers.
    Patience patience(Timing site, List<Server> servers) {
        Patience usual = Patience.of(site, servers);
        return new Patience(
                server.orElse(usual.server()),
                tunnel.orElse(usual.tunnel()),
                gone.orElse(usual.gone()),
                silent.orElse(usual.silent()),
                usual.mayBeSlow());
    }
}
