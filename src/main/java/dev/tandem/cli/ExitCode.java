package dev.tandem.cli;

/// What the exit code of Tandem means. Part of the interface: scripts depend on it.
public enum ExitCode {
    /// Done, or: asked, and the answer is yes.
    OK(0),
    /// Asked, and the answer is no: unhealthy, drifted.
    NO(1),
    /// The command line is wrong.
    USAGE(2),
    /// The site file is wrong; nothing was started or changed.
    SITE_FILE(3),
    /// Going on would do harm; nothing was changed.
    REFUSED(4),
    /// Docker, or a node, did not answer or did not do what was asked.
    ENVIRONMENT(5),
    /// A drill that shows neither the one nor the other.
    INCONCLUSIVE(6),
    /// Tandem itself is wrong: the only case with a stack trace.
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// The number that the shell sees.
    public int number() {
        return number;
    }
}
