package dev.tandem.drill.journal;

import dev.tandem.docker.AtExit;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.model.Stop;
import java.time.Duration;

/// An injected fault, until it is closed.
///
/// It is recorded first, then injected; closing heals it and verifies the heal. It is healed in
/// every case: if inject fails half-way, if the drill fails, if the process is told to end (Ctrl-C,
/// SIGTERM, a closed terminal: a JVM shutdown hook closes it), and after a SIGKILL by the next
/// Tandem, from the journal.
public final class Injection implements AutoCloseable {
    private final Fault fault;
    private final Ground ground;
    private final OpenFaults journal;
    private final AtExit atExit;
    private boolean over;

    private Injection(Fault fault, Ground ground, OpenFaults journal) {
        this.fault = fault;
        this.ground = ground;
        this.journal = journal;
        this.atExit = new AtExit("heal " + fault.name(), this::close);
    }

    /// Injects a fault.
    ///
    /// @throws Stop if it must not be injected, or if it cannot be healed after inject has failed
    public static Injection begin(Fault fault, Ground ground, OpenFaults journal, Company company) {
        fault.obstacle(ground)
                .ifPresent(reason -> {
                    throw Refusals.obstacle(fault, reason);
                });
        journal.open(fault, ground, company);
        Injection injection = new Injection(fault, ground, journal);
        try {
            injection.atExit.expect();
            injection.inject();
            return injection;
        } catch (RuntimeException | Error e) {
            injection.closeAfter(e);
            throw e;
        }
    }

    /// The fault.
    public Fault fault() {
        return fault;
    }

    private synchronized void inject() {
        if (over) {
            throw new IllegalStateException("the process is ending");
        }
        fault.inject(ground);
    }

    /// A failed heal matters more than why inject failed.
    private void closeAfter(Throwable problem) {
        try {
            close();
        } catch (RuntimeException worse) {
            worse.addSuppressed(problem);
            throw worse;
        }
    }

    /// Heals the fault and verifies the heal; does nothing the second time. If the fault is still
    /// being injected, this waits for that, so that nothing is injected after its heal. An
    /// interrupted thread heals too: an interrupt asks it to end, not to leave something broken.
    ///
    /// @throws Stop if the heal cannot be verified; the fault stays in the journal then
    @Override
    public synchronized void close() {
        if (over) {
            return;
        }
        over = true;
        Uninterrupted.run(this::heal);
    }

    private void heal() {
        boolean healed = false;
        try {
            Duration usual = journal.patience();
            Duration longest = fault.longest();
            Healing.see(
                    fault,
                    ground,
                    longest.compareTo(usual) > 0 ? longest : usual,
                    journal.file(fault.name()));
            healed = true;
        } finally {
            if (healed) {
                journal.healed(fault.name());
            } else {
                journal.abandoned(fault.name());
            }
            atExit.forget();
        }
    }
}
