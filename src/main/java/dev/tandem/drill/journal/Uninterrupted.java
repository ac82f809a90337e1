package dev.tandem.drill.journal;

/// Does what must be done even if this thread has been told to end: an interrupted thread can
/// neither wait for a process nor write a file.
final class Uninterrupted {
    private Uninterrupted() {}

    /// Runs it, and restores the thread's interrupted status.
    static void run(Runnable task) {
        boolean interrupted = Thread.interrupted();
        try {
            task.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
