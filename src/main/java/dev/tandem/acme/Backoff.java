package dev.tandem.acme;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When an order that failed is tried again: after an hour, two, four, and so on up to a day. A CA
/// allows a handful of failures in an hour, and a mistake of ours is not corrected by asking. A day
/// is little of the month that is left. Pure.
final class Backoff {
    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 5;

    /// So much of a delay comes from chance: those who failed together do not come back together.
    private static final int SPREAD_PERCENT = 20;

    private static final int LONGEST_REASON = 500;

    private Backoff() {}

    /// The note of a failure.
    ///
    /// @param before the one before, if there was one
    /// @param trouble what the CA said, or what else was in the way
    /// @param chance any number
    static Failure failed(
            Acme acme, Optional<Failure> before, Trouble trouble, Instant now, long chance) {
        int count =
                before.filter(one -> one.asked().equals(Due.asked(acme)))
                        .map(one -> one.count() + 1)
                        .orElse(1);
        Instant next = now.plus(delay(count, chance));
        Instant asked = trouble.notBefore().orElse(next);
        return new Failure(
                Due.asked(acme),
                count,
                now,
                line(trouble.why()),
                asked.isAfter(next) ? asked : next);
    }

    /// How long to wait after so many failures in a row.
    static Duration delay(int count, long chance) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
        Duration most = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        long spread = most.toSeconds() * SPREAD_PERCENT / 100;
        return most.minusSeconds(Math.floorMod(chance, spread));
    }

    /// One line of visible ASCII: it comes from outside, and goes to terminals.
    private static String line(String text) {
        String plain = text.replaceAll("[^ -~]+", " ").replaceAll(" +", " ").strip();
        return plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }

    /// Why an order failed.
    ///
    /// @param why in words
    /// @param notBefore when the CA wants to be asked again; empty when it did not say
    record Trouble(String why, Optional<Instant> notBefore) {}
}
