package dev.tandem.change.carry;

import dev.tandem.docker.Await;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Watches the requests at the balancer that has just taken the VIP: a probe requests one path,
/// only clients request all of them.
///
/// HAProxy's own counts are compared with the earlier ones. Missing counts stop the change just as
/// too many failures do: unknown is never good.
///
/// @param balancer the holder of the VIP
/// @param before the share of requests that failed before the change, in percent; empty when
///   unknown: then no failures are excused, and only the budget is allowed
/// @param counts what the balancer has counted so far; empty when not reported
record Watching(String balancer, OptionalDouble before, Supplier<Optional<FailedShare>> counts) {
    /// The change is taken back when more requests than this fail, in percent. Failures at the
    /// previous rate do not count.
    private static final double ERROR_BUDGET = 1;

    /// Watches for some time.
    ///
    /// @param await how to let the time pass
    ///
    /// @throws Stop as soon as too many requests have failed, or the counts are missing
    void watch(Duration limit, Await await) {
        FailedShare start = now();
        double allowed = before.orElse(0) + ERROR_BUDGET;
        AtomicReference<FailedShare> last = new AtomicReference<>(start);
        await.until(
                        limit,
                        () ->
                                Optional.of(goneOn(last).since(start))
                                        .filter(share -> share.exceeds(allowed)))
                .ifPresent(this::refuse);
    }

    /// The present count, if it continues the last one.
    private FailedShare goneOn(AtomicReference<FailedShare> last) {
        FailedShare share = now();
        if (share.beganAgainSince(last.get())) {
            throw unknown(
                    "its HAProxy reset its counters: it was started or reloaded in the meantime");
        }
        last.set(share);
        return share;
    }

    private FailedShare now() {
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

    private void refuse(FailedShare share) {
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
