package dev.tandem.observe;

import java.util.List;
import java.util.Optional;

/// What the init of a balancer has found out by asking.
///
/// @param listeners the listeners for clients that it asks: its own, and over the LAN those of its
///   peers
public record InitSeen(List<Listener> listeners) {
    /// Nothing was reported.
    public static final InitSeen UNKNOWN = new InitSeen(List.of());

    public InitSeen {
        listeners = List.copyOf(listeners);
    }

    /// A listener for clients.
    ///
    /// @param peer the LAN address of the peer that it belongs to; empty for the balancer's own
    /// @param name its frontend and its port, such as `http:80`
    /// @param silent whether it does not answer; one that was never asked is not silent
    public record Listener(Optional<String> peer, String name, boolean silent) {
        /// From a line such as `192.0.2.2/http:80 silent`.
        static Listener of(String line) {
            String[] words = line.split(" ", 2);
            int slash = words[0].indexOf('/');
            return new Listener(
                    slash < 0 ? Optional.empty() : Optional.of(words[0].substring(0, slash)),
                    words[0].substring(slash + 1),
                    words.length == 2 && words[1].equals("silent"));
        }
    }

    static InitSeen of(List<String> listeners) {
        return new InitSeen(listeners.stream().map(Listener::of).toList());
    }
}
