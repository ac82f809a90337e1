package dev.tandem.drill.judge;

import dev.tandem.drill.fault.Change;
import java.time.Duration;

/// A command of a {@link Change}, as it ran.
///
/// @param command the command as the shell got it
/// @param expected the expected exit code
/// @param exit the actual exit code
/// @param from when it began, nanoseconds from the run's zero
/// @param to when it had ended
public record CommandRun(String command, int expected, int exit, long from, long to) {
    /// Whether it ended as expected.
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
