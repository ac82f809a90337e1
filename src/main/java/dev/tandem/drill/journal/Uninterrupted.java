package dev.tandem.drill.journal;

/// Does what must be done although somebody wants this thread to end: an interrupted thread neither
/// waits for a process nor writes a file.
final class Uninterrupted {
    private Uninterrupted() {}

    /// Does it, and leaves the thread as interrupted as it was.
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
