package dev.tandem.acme;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether a certificate is ordered now. Pure.
///
/// It follows from what is on disk alone. So whoever asks, and however often, gets the same answer:
/// a failover, a restart or a second timer orders nothing.
public sealed interface Due {
    /// The one that there is will do.
    ///
    /// @param at when the next one is ordered
    record Later(Instant at) implements Due {}

    /// One is ordered now.
    ///
    /// @param why in words
    record Now(String why) implements Due {}

    /// One would be, had the last attempt not failed a short while ago.
    ///
    /// @param why in words
    /// @param failure that attempt
    record Waits(String why, Failure failure) implements Due {}

    /// The decision.
    static Due of(Acme acme, Renewal renewal, Instant now) {
        Optional<String> why = why(acme, renewal.held(), now);
        if (why.isEmpty()) {
            return new Later(renewal.held().map(Held::due).orElse(now));
        }
        return renewal.failure()
                .filter(failure -> failure.asked().equals(asked(acme)))
                .filter(failure -> failure.next().isAfter(now))
                .<Due>map(failure -> new Waits(why.get(), failure))
                .orElseGet(() -> new Now(why.get()));
    }

    private static Optional<String> why(Acme acme, Optional<Held> held, Instant now) {
        if (held.isEmpty()) {
            return Optional.of("there is none yet");
        }
        if (!held.get().url().equals(acme.url())) {
            return Optional.of("the one that there is comes from " + held.get().url());
        }
        List<String> lacks = CertificateNames.uncovered(acme.names(), held.get().names());
        if (!lacks.isEmpty()) {
            return Optional.of("the one that there is is not for " + String.join(", ", lacks));
        }
        return held.get().due().isAfter(now)
                ? Optional.empty()
                : Optional.of("two thirds of its life are over");
    }

    /// What is asked for, in words that differ when another thing is: a mistake that was corrected
    /// does not wait for the one before.
    static String asked(Acme acme) {
        return acme.url()
                + " "
                + String.join(" ", acme.names())
                + acme.dns().map(_ -> " by DNS").orElse("");
    }

    /// When the next one is ordered: after two thirds of a certificate's life, or up to a twentieth
    /// of it earlier, so that not all sites of the world come to a CA at once.
    ///
    /// @param of a number that the certificate has and others do not
    static Instant after(Instant begins, Instant ends, long of) {
        Duration life = Duration.between(begins, ends);
        Duration spread = life.dividedBy(20);
        long seconds = Math.max(1, spread.toSeconds());
        return begins.plus(life.multipliedBy(2).dividedBy(3))
                .minusSeconds(Math.floorMod(of, seconds));
    }
}
