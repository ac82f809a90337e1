package dev.tandem.docker;

import java.util.List;

/// What a command gave back.
///
/// @param exit its exit code; {@link #TIMED_OUT} when it was killed at its deadline
/// @param stdout its answer
/// @param stderr everything else that it said
public record Output(int exit, String stdout, String stderr) {
    /// As `timeout(1)` has it.
    public static final int TIMED_OUT = 124;

    /// Whether it ended with exit code 0.
    public boolean ok() {
        return exit == 0;
    }

    /// The lines of its answer.
    public List<String> lines() {
        return stdout.lines().toList();
    }

    /// Its last words, at most this many lines: of stderr, or of stdout when that is empty.
    public String lastLines(int count) {
        List<String> all = (stderr.isBlank() ? stdout : stderr).strip().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
    }
}
