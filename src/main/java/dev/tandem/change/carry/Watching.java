package dev.tandem.change.carry;

import dev.tandem.docker.Await;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Watches the requests at the balancer that has just got the VIP: a probe asks one path, only
/// clients ask all of them.
///
/// HAProxy's own counts are compared with those before. Counts that cannot be had stop the change
/// like too many failures do: unknown is never good.
///
/// @param balancer who holds the VIP
/// @param before the share of requests that failed before the change, in percent; empty when that
///   is unknown: then nothing is known to be excused, and the budget alone is allowed
/// @param counts what the balancer counted until now; empty when it did not say
record Watching(String balancer, OptionalDouble before, Supplier<Optional<Share>> counts) {
    /// More failed requests than these, in percent, and the change is taken back. What failed
    /// before as well does not count.
    private static final double ERROR_BUDGET = 1;

    /// Watches for some time.
    ///
    /// @param await how the time is let pass
    ///
    /// @throws Stop as soon as too many requests failed, or the counts cannot be had
    void watch(Duration limit, Await await) {
        Share start = now();
        double allowed = before.orElse(0) + ERROR_BUDGET;
        AtomicReference<Share> last = new AtomicReference<>(start);
        await.until(
                        limit,
                        () ->
                                Optional.of(goneOn(last).since(start))
                                        .filter(share -> share.exceeds(allowed)))
                .ifPresent(this::refuse);
    }

    /// What is counted now, when it follows what was counted at the last look.
    private Share goneOn(AtomicReference<Share> last) {
        Share share = now();
        if (share.isBegunAnewSince(last.get())) {
            throw unknown(
                    "its HAProxy reset its counters: it was started or reloaded in the meantime");
        }
        last.set(share);
        return share;
    }

    private Share now() {
        return counts.get().orElseThrow(() -> unknown("its HAProxy did not report its counters"));
    }

    private Stop unknown(String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "whether requests fail at " + balancer + " could not be found out",
                seen,
                "it holds the VIP",
                "tandem logs " + balancer);
    }

    private void refuse(Share share) {
        String earlier =
                before.isPresent()
                        ? "before the change it was %.1f %%".formatted(before.getAsDouble())
                        : "how many before the change is unknown";
        throw new Stop(
                Stop.Kind.ENVIRONMENT,
                "too many requests failed at " + balancer + " since it took the VIP",
                "%d of %d were answered 5xx; %s"
                        .formatted(share.failed(), share.requests(), earlier),
                "it holds the VIP",
                "tandem logs " + balancer);
    }
}
