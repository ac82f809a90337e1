package dev.tandem.docker;

import java.util.List;

/// The result of a command.
///
/// @param exit its exit code; {@link #TIMED_OUT} when it was killed at its deadline, or when what
///   it printed could not be read to its end: that is no answer
/// @param stdout what it printed to stdout
/// @param stderr what it printed to stderr
public record Output(int exit, String stdout, String stderr) {
    /// The exit code that `timeout(1)` uses.
    public static final int TIMED_OUT = 124;

    /// Whether it ended with exit code 0.
    public boolean ok() {
        return exit == 0;
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
