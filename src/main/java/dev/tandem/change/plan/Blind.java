package dev.tandem.change.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Balancers whose word on web servers counts for nothing yet: with the `haproxy.cfg` that they
/// have loaded they find every web server down, and another one is wanted. Whoever waits until they
/// see a web server up waits for what cannot come before they have loaded that one. Pure.
///
/// @param loaded by balancer, the hash of the `haproxy.cfg` with which it sees nobody
public record Blind(Map<String, String> loaded) {
    /// Everybody's word counts.
    public static final Blind NONE = new Blind(Map.of());

    public Blind {
        loaded = Map.copyOf(loaded);
    }

    /// Those that are blind now.
    public static Blind of(Wanted wanted, Seen seen) {
        Map<String, String> blind = new HashMap<>();
        seen.balancers()
                .forEach((name, says) -> {
                    String loaded = says.loaded().get(Loadable.HAPROXY);
                    boolean other =
                            wanted.notLoaded(name, says.loaded()).contains(Loadable.HAPROXY);
                    if (loaded != null && other && says.findsAllDown()) {
                        blind.put(name, loaded);
                    }
                });
        return new Blind(blind);
    }

    /// Whether a balancer still is.
    ///
    /// @param now the hash of the `haproxy.cfg` that it has loaded now
    public boolean is(String balancer, Optional<String> now) {
        return now.isPresent() && now.equals(Optional.ofNullable(loaded.get(balancer)));
    }
}
