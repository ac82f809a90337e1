package dev.tandem.docker;

import java.util.List;
import java.util.regex.Pattern;

/// The result of a command.
///
/// @param exit its exit code; {@link #NOT_FOUND} when there is no such program; {@link #TIMED_OUT}
///   when it was killed at its deadline, or when what it printed could not be read to its end: that
///   is no answer
/// @param stdout what it printed to stdout
/// @param stderr what it printed to stderr
public record Output(int exit, String stdout, String stderr) {
    /// The exit code that `timeout(1)` uses.
    public static final int TIMED_OUT = 124;

    /// The exit code that a shell uses.
    public static final int NOT_FOUND = 127;

    /// The words of engines and clients of several versions. A socket or a host that is not there
    /// is "no such" and "not found" too, and says nothing about the thing that was asked for.
    private static final Pattern NO_SUCH =
            Pattern.compile(
                    "no such (container|image|network|object|volume)"
                            + "|(container|image|network|volume) \\S+ not found",
                    Pattern.CASE_INSENSITIVE);

    /// Whether it ended with exit code 0.
    public boolean ok() {
        return exit == 0;
    }

    /// Whether there was no answer at all. Any other exit code is one.
    public boolean timedOut() {
        return exit == TIMED_OUT;
    }

    /// Whether it failed because the engine has no such thing. Every other failure leaves open
    /// whether it has.
    public boolean noSuch() {
        return !ok()
                && !stderr.isBlank()
                && stderr.strip().lines().allMatch(line -> NO_SUCH.matcher(line).find());
    }

    /// The lines of its stdout.
    public List<String> lines() {
        return stdout.lines().toList();
    }

    /// Its last lines, at most this many: of stderr, or of stdout when stderr is empty.
    public String lastLines(int count) {
        List<String> all = (stderr.isBlank() ? stdout : stderr).strip().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
    }
}
