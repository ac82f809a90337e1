package dev.tandem.docker;

import java.time.Duration;

/// Lets time pass. Only {@link #real} sleeps; a test moves its own clock instead.
@FunctionalInterface
public interface Pause {
    /// Returns when this much time has passed.
    ///
    /// @throws InterruptedException when the thread is interrupted meanwhile
    void pause(Duration time) throws InterruptedException;

    /// Uses the clock of this machine.
    static Pause real() {
        return Thread::sleep;
    }
}
