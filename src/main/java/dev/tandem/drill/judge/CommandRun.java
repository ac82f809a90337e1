package dev.tandem.drill.judge;

import dev.tandem.drill.fault.Change;
import java.time.Duration;

/// A command of a {@link Change}, as it went.
///
/// @param command what the shell was given
/// @param expected the exit code that it was to end with
/// @param exit the exit code that it ended with
/// @param from when it began, nanoseconds from the run's zero
/// @param to when it had ended
public record CommandRun(String command, int expected, int exit, long from, long to) {
    /// Whether it ended as it was to.
    public boolean asExpected() {
        return exit == expected;
    }

    /// How long it ran.
    public Duration took() {
        return Duration.ofNanos(to - from);
    }

    /// How it ended: `exit 3, not 0`.
    public String ending() {
        return asExpected() ? "exit " + exit : "exit " + exit + ", not " + expected;
    }
}
