package dev.tandem.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs commands on the engine at the far end of a tunnel.
///
/// A command that takes long may have a lot to do, or the engine hangs: so while it runs, the
/// engine is asked whether it answers at all. When it does not, the command is ended, and what is
/// wrong with which machine stands in its output.
final class ThroughTunnel implements Runner {
    /// With the limit of a question this stays below 10 s.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Tunnel tunnel;
    private final Processes processes;

    ThroughTunnel(Tunnel tunnel) {
        this.tunnel = tunnel;
        this.processes = new Processes(Map.of("DOCKER_HOST", tunnel.address()));
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        Watched watched = new Watched(tunnel);
        Thread watch = Thread.startVirtualThread(watched);
        Output output;
        try {
            output = processes.run(command, line);
        } finally {
            watched.over();
        }
        Optional<Unreachable> why = watched.silence();
        if (why.isEmpty() && !output.ok()) {
            why = tunnel.silence();
        }
        watch.interrupt();
        return why.map(one -> new Output(Output.TIMED_OUT, output.stdout(), one + "\n"))
                .orElse(output);
    }

    @Override
    public Following follow(Command command, Path file) {
        return processes.follow(command, file);
    }

    @Override
    public Where where() {
        return Where.ELSEWHERE;
    }

    /// Asks the engine while a command runs, and interrupts the command when it is silent.
    private static final class Watched implements Runnable {
        private final Tunnel tunnel;
        private final Thread command = Thread.currentThread();
        private final CountDownLatch over = new CountDownLatch(1);
        private Optional<Unreachable> silence = Optional.empty();

        private Watched(Tunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void run() {
            try {
                while (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    // Once may be a machine that is busy.
                    Optional<Unreachable> seen = tunnel.silence().flatMap(_ -> tunnel.silence());
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
}
