package dev.tandem.docker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Asks an engine while a command runs on it, and interrupts the command when the engine is silent.
///
/// A command that takes long may have a lot to do, or the engine hangs: only asking tells.
final class EngineWatch implements Runnable {
    /// With the limit of two questions this stays below 10 s.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Supplier<Optional<Unreachable>> asked;
    private final Thread command = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<Unreachable> silence = Optional.empty();

    private EngineWatch(Supplier<Optional<Unreachable>> asked) {
        this.asked = asked;
    }

    /// Runs a command to its end, or until its engine is silent: then what is wrong with which
    /// machine stands in its output.
    ///
    /// @param asked why the engine does not answer; empty when it does
    static Output during(Supplier<Optional<Unreachable>> asked, Supplier<Output> command) {
        EngineWatch watch = new EngineWatch(asked);
        Thread thread = Beside.begin(watch);
        Output output;
        try {
            output = command.get();
        } finally {
            watch.over();
        }
        Optional<Unreachable> why = watch.silence();
        if (why.isEmpty() && !output.ok()) {
            why = asked.get();
        }
        thread.interrupt();
        return why.map(one -> new Output(Output.TIMED_OUT, output.stdout(), one + "\n"))
                .orElse(output);
    }

    @Override
    public void run() {
        try {
            while (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Once may be a machine that is busy.
                Optional<Unreachable> seen = asked.get().flatMap(_ -> asked.get());
                if (seen.isPresent()) {
                    interrupt(seen);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interrupt(Optional<Unreachable> seen) {
        if (over.getCount() > 0) {
            silence = seen;
            command.interrupt();
        }
    }

    /// The command has ended. The thread that ran it is not interrupted for another one.
    private synchronized void over() {
        over.countDown();
        if (silence.isPresent()) {
            Thread.interrupted();
        }
    }

    private synchronized Optional<Unreachable> silence() {
        return silence;
    }
}
