package dev.tandem.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the init of a balancer has found out by asking.
///
/// @param turnAge how long ago its loop went round last; empty when not reported
/// @param listeners the listeners for clients that it asks: its own, and over the LAN those of its
///   peers
public record InitSeen(Optional<Duration> turnAge, List<Listener> listeners) {
    /// Nothing was reported.
    public static final InitSeen UNKNOWN = new InitSeen(Optional.empty(), List.of());

    /// Its loop goes round twenty times a second. One that has not for longer has been stopped, or
    /// hangs, and whatever it wrote down may be true no more.
    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

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

    /// For how long it has not run, if it does not run.
    public Optional<Duration> stoppedFor() {
        return turnAge.filter(age -> age.compareTo(LONGEST_TURN) > 0);
    }

    static InitSeen of(Map<String, String> facts, List<String> listeners) {
        String age = facts.getOrDefault("turn_age", "");
        return new InitSeen(
                age.matches("[0-9]{1,15}")
                        ? Optional.of(Duration.ofMillis(Long.parseLong(age)))
                        : Optional.empty(),
                listeners.stream().map(Listener::of).toList());
    }
}
