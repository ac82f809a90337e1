package dev.tandem.house.wrong.docker;

import java.io.IOException;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Starts a process, where one may.
    static final class MayStart {
        Process start() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    /// Pauses without awaiting anything.
    static final class Pauses {
        void pause() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    /// Takes a thread that keeps the program from ending.
    static final class Lingers {
        Thread linger() {
            return Thread.startVirtualThread(() -> {});
        }
    }
}
