package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.util.Locale;

/// Why the engine of a machine cannot be reached.
///
/// @param machine its name
/// @param why the kind of reason
/// @param seen what was seen, in words
/// @param next the command to type
public record Unreachable(String machine, Why why, String seen, String next) implements Reached {
    /// The kinds of reasons.
    public enum Why {
        /// Nothing on the LAN has its address: no power, no cable, or another address.
        OFF,
        /// No answer comes: something drops the packets, or it is off, behind a router.
        SILENT,
        /// It answers that nobody listens on the port of ssh.
        REFUSED,
        /// No way leads to its address.
        NO_WAY,
        /// Its name has no address.
        NO_SUCH_NAME,
        /// Its host key was never accepted by this user.
        HOST_KEY_UNKNOWN,
        /// Its host key is another one than the one that was accepted.
        HOST_KEY_CHANGED,
        /// It lets this user's keys not in.
        DENIED,
        /// The key has a passphrase, and no agent has the key.
        KEY_LOCKED,
        /// There is no Docker socket.
        NO_ENGINE,
        /// The user there may not use the socket.
        NOT_ALLOWED,
        /// The socket is there, and nobody answers at it.
        ENGINE_DOWN,
        /// It takes questions, and answers none.
        ENGINE_HANGS,
        /// Its disk is full: containers cannot be made, and some answers fail.
        DISK_FULL,
        /// It was reached, and is not any more.
        CUT,
        /// There is no ssh on this machine.
        NO_SSH,
        /// Something else, in the words of ssh.
        OTHER;

        /// For programs: `engine-hangs`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether the machine is there, and no engine on it.
        public boolean isNoEngine() {
            return this == NO_ENGINE || this == ENGINE_DOWN;
        }
    }

    /// The same with another command to type.
    Unreachable with(String command) {
        return new Unreachable(machine, why, seen, command);
    }

    /// In one line, for where nothing can stop.
    @Override
    public String toString() {
        return "%s: %s; next: %s".formatted(machine, seen, next);
    }

    /// What whoever needs it does about it.
    public Stop stop() {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the engine of %s cannot be reached".formatted(machine),
                seen,
                "nothing was changed by this command",
                next);
    }
}
