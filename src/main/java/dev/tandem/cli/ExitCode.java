package dev.tandem.cli;

/// What Tandem's exit codes mean. They are part of the interface: scripts depend on them.
public enum ExitCode {
    /// Done; or for a question, yes.
    OK(0),
    /// The answer to the question is no: unhealthy, drifted.
    NO(1),
    /// The command line is wrong.
    USAGE(2),
    /// The site file is wrong; nothing was started or changed.
    SITE_FILE(3),
    /// Going on would do harm; nothing was changed.
    REFUSED(4),
    /// Docker, or a node, did not answer or did not do what it was told.
    ENVIRONMENT(5),
    /// A drill that proves nothing either way.
    INCONCLUSIVE(6),
    /// A bug in Tandem: the only case with a stack trace.
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
