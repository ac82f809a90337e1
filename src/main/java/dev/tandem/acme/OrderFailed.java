package dev.tandem.acme;

import dev.tandem.model.Stop;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;

/// An order that a CA did not fulfil.
final class OrderFailed extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Stop stop;
    private final transient Optional<Instant> notBefore;

    /// @param stop what to tell
    /// @param notBefore when the CA wants to be asked again; empty when it did not say
    OrderFailed(Stop stop, Optional<Instant> notBefore) {
        super(stop);
        this.stop = stop;
        this.notBefore = notBefore;
    }

    Stop stop() {
        return stop;
    }

    Backoff.Trouble trouble() {
        return new Backoff.Trouble(stop.getMessage() + ": " + stop.seen(), notBefore);
    }
}
