package dev.tandem.docker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// Threads for what is done beside something else: the system's own, one for each task.
///
/// Not virtual ones: the first of them that waits for a socket leaves a thread in the kernel for
/// good, and a JVM that ends waits 0.3 s for whoever is there (docs/speed.md).
public final class Beside {
    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

    private Beside() {}

    /// Gives each task a thread. Whoever closes it waits for all of them.
    public static ExecutorService each() {
        return Executors.newThreadPerTaskExecutor(THREADS);
    }

    /// Begins a task.
    public static Thread begin(Runnable task) {
        Thread thread = THREADS.newThread(task);
        thread.start();
        return thread;
    }
}
