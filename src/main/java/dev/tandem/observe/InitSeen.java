package dev.tandem.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// What the init of a balancer has found out by asking.
///
/// @param turnAge how long ago its loop went round last; empty when not reported
/// @param listeners the listeners for clients that it asks: its own, and over the LAN those of its
///   peers
/// @param disks the file systems that it and its programs write to
/// @param programs those that it keeps running
public record InitSeen(
        Optional<Duration> turnAge,
        List<Listener> listeners,
        List<Disk> disks,
        List<Program> programs) {
    /// Nothing was reported.
    public static final InitSeen UNKNOWN =
            new InitSeen(Optional.empty(), List.of(), List.of(), List.of());

    /// Its loop goes round twenty times a second. One that has not for longer has been stopped, or
    /// hangs, and whatever it wrote down may be true no more.
    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

    public InitSeen {
        listeners = List.copyOf(listeners);
        disks = List.copyOf(disks);
        programs = List.copyOf(programs);
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

    /// A file system in the balancer's container.
    ///
    /// @param path where it is mounted
    /// @param percent how full it is
    public record Disk(String path, int percent) {
        /// From a line such as `/run 100`; empty when it is none.
        static Optional<Disk> of(String line) {
            String[] words = line.split(" ", 2);
            OptionalInt percent =
                    words.length == 2 ? Standing.number(words[1]) : OptionalInt.empty();
            return percent.isPresent()
                    ? Optional.of(new Disk(words[0], percent.getAsInt()))
                    : Optional.empty();
        }
    }

    /// A program that the init keeps running.
    ///
    /// @param name such as `haproxy`
    /// @param state how the kernel has it
    /// @param process the process that leads it, in its container
    public record Program(String name, State state, int process) {
        /// How the kernel has a program.
        public enum State {
            /// All of it runs.
            RUNS,
            /// A signal has stopped a part of it.
            STOPPED,
            /// It has ended, and does not run again yet.
            GONE
        }

        /// From a line such as `haproxy stopped 17`; empty when it is none.
        static Optional<Program> of(String line) {
            String[] words = line.split(" ", -1);
            OptionalInt process =
                    words.length == 3 ? Standing.number(words[2]) : OptionalInt.empty();
            return process.isEmpty()
                    ? Optional.empty()
                    : Arrays.stream(State.values())
                            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(words[1]))
                            .findFirst()
                            .map(one -> new Program(words[0], one, process.getAsInt()));
        }
    }

    /// For how long it has not run, if it does not run.
    public Optional<Duration> stoppedFor() {
        return turnAge.filter(age -> age.compareTo(LONGEST_TURN) > 0);
    }

    /// A copy with another turn.
    public InitSeen withTurnAge(Duration age) {
        return new InitSeen(Optional.of(age), listeners, disks, programs);
    }

    /// @param facts the last value of each key
    /// @param several all values of a key
    static InitSeen of(Map<String, String> facts, Function<String, List<String>> several) {
        String age = facts.getOrDefault("turn_age", "");
        return new InitSeen(
                age.matches("[0-9]{1,15}")
                        ? Optional.of(Duration.ofMillis(Long.parseLong(age)))
                        : Optional.empty(),
                several.apply("listener").stream().map(Listener::of).toList(),
                several.apply("disk").stream().map(Disk::of).flatMap(Optional::stream).toList(),
                several.apply("program").stream()
                        .map(Program::of)
                        .flatMap(Optional::stream)
                        .toList());
    }
}
