package dev.tandem.docker;

/// Cleanup that must happen before the process ends, even when it is told to end (Ctrl-C, SIGTERM,
/// a closed terminal): healing a fault, releasing a lock, removing a container.
///
/// At exit the work runs in a thread of its own, while the others are still running. So the caller
/// must ensure that it is done only once, and that nothing new begins afterwards.
public final class AtExit {
    private final Thread hook;

    /// @param what the name of the thread, for a thread dump: `heal web-kill`
    public AtExit(String what, Runnable work) {
        this.hook = new Thread(work, what);
    }

    /// From now on, the work is done when the process ends.
    ///
    /// @throws IllegalStateException when the process is already ending
    public void expect() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// The work is done. While the process is ending, either the hook itself calls this, or the
    /// hook runs later and finds nothing left to do.
    @SuppressWarnings("EmptyCatch") // said above
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending.
        }
    }
}
