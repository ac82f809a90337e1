package dev.tandem.docker;

/// What has to be put right before the process ends, also when it is told to end (Ctrl-C, SIGTERM,
/// a closed terminal): a fault is healed, a lock given back, a container removed.
///
/// The work runs in a thread of its own then, while the others still go on. So whoever has it done
/// sees to it that it is done once, and that nothing is begun any more afterwards.
public final class AtExit {
    private final Thread hook;

    /// @param what the thread's name, for a dump: `heal web-kill`
    public AtExit(String what, Runnable work) {
        this.hook = new Thread(work, what);
    }

    /// From now on it is done when the process ends.
    ///
    /// @throws IllegalStateException when the process is ending already
    public void expect() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// It was done. When the process is ending, the hook is what calls this, or it comes later and
    /// finds that all is done.
    @SuppressWarnings("EmptyCatch") // said above
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending.
        }
    }
}
