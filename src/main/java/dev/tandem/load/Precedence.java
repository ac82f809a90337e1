package dev.tandem.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// While it is open, this program's session goes first when the processors are full: real clients
/// have machines of their own, but in a drill they share one with the system under test, and it is
/// the system that should be late, not the instrument.
///
/// Linux gives each session its own share of the processors; a nice value, even a thread's, only
/// counts within the session (sched(7), "The autogroup feature"). Where the kernel has no such
/// shares, or this user may not change them, nothing is changed.
public final class Precedence implements AutoCloseable {
    private static final Path OF_THIS_SESSION = Path.of("/proc/self/autogroup");
    private static final Pattern NICE = Pattern.compile("nice (-?\\d{1,2})\\s*$");
    private static final String AHEAD = "-10";

    private final Path file;
    private final String before;

    private Precedence(Path file, String before) {
        this.file = file;
        this.before = before;
    }

    /// Takes precedence until it is closed.
    public static Precedence take() {
        return take(OF_THIS_SESSION);
    }

    static Precedence take(Path file) {
        try {
            Matcher nice = NICE.matcher(Files.readString(file));
            if (nice.find()) {
                Files.writeString(file, AHEAD);
                return new Precedence(file, nice.group(1));
            }
        } catch (IOException e) {
            // Then it stays as it was.
        }
        return new Precedence(file, "");
    }

    /// Gives it back.
    @Override
    public void close() {
        if (before.isEmpty()) {
            return;
        }
        try {
            Files.writeString(file, before);
        } catch (IOException e) {
            // The session keeps it until it ends.
        }
    }
}
