package dev.tandem.change.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Balancers whose view of the web servers does not count yet: with their loaded `haproxy.cfg` they
/// find every web server down, and another one is wanted. Until they have loaded that one, waiting
/// for them to see a web server up would be in vain. Pure.
///
/// @param loaded by balancer, the hash of the `haproxy.cfg` with which it sees no web server up
public record Blind(Map<String, String> loaded) {
    /// The view of every balancer counts.
    public static final Blind NONE = new Blind(Map.of());

    public Blind {
        loaded = Map.copyOf(loaded);
    }

    /// The balancers that are blind now.
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

    /// Whether a balancer is still blind.
    ///
    /// @param now the hash of the `haproxy.cfg` that is loaded now
    public boolean is(String balancer, Optional<String> now) {
        return now.isPresent() && now.equals(Optional.ofNullable(loaded.get(balancer)));
    }
}
