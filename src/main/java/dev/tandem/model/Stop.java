package dev.tandem.model;

/// An operation that had to stop. It carries four things: what stopped, what was seen, the state
/// now, and the next command to type. The command line shows them and chooses the exit code.
public final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String seen;
    private final String state;
    private final String next;

    /// Why an operation stops: each kind has its own exit code.
    public enum Kind {
        /// The site file, or a file that it names, is wrong.
        SITE_FILE,
        /// Going on would do harm; nothing was changed.
        REFUSED,
        /// Docker, or a node, did not answer or did not do what it was told.
        ENVIRONMENT,
        /// The question could not be answered, neither well nor badly.
        INCONCLUSIVE
    }

    /// @param what what stopped, a sentence without a full stop
    /// @param seen what was seen that made it stop; may span several lines
    /// @param state what is running and what was changed
    /// @param next the command to type, or what to change
    public Stop(Kind kind, String what, String seen, String state, String next) {
        super(what);
        this.kind = kind;
        this.seen = seen;
        this.state = state;
        this.next = next;
    }

    /// The kind, which decides the exit code.
    public Kind kind() {
        return kind;
    }

    /// What was seen.
    public String seen() {
        return seen;
    }

    /// What is running, and what was changed.
    public String state() {
        return state;
    }

    /// What to do about it.
    public String next() {
        return next;
    }
}
