package dev.tandem.load;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What to send, and when. The same plan gives the same requests at the same times, whatever the
/// system under test does.
///
/// Arrivals are evenly spaced. Each belongs to a class: in every run of as many arrivals as the
/// weights add up to, each class has exactly its share, in an order that the seed decides. The
/// second request of an IDLE connection is added to the rate.
///
/// @param target where to send
/// @param tag the prefix of every request's id; it tells the requests of one run from those of
///   another
/// @param rate arrivals per second
/// @param duration how long requests are planned for; those in flight by then may still finish
/// @param seed decides the order of the classes
/// @param inFlightLimit the most requests that may be in flight; an arrival beyond it is shed
/// @param classes the classes to send, each at most once
public record LoadPlan(
        Target target,
        String tag,
        int rate,
        Duration duration,
        long seed,
        int inFlightLimit,
        List<ClassPlan> classes) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public LoadPlan {
        classes = List.copyOf(classes);
        Check.matches("tag", tag, "[A-Za-z0-9-]{1,32}");
        Check.within("rate", rate, 1, 5000);
        Check.within("duration", duration, SHORTEST, LONGEST);
        Check.within("inFlightLimit", inFlightLimit, 1, 16_000);
        Check.within("classes", classes.size(), 1, RequestClass.values().length);
        Set<RequestClass> seen = EnumSet.noneOf(RequestClass.class);
        for (ClassPlan one : classes) {
            if (one.kind().isTls() && target.authorities().isEmpty()) {
                throw new IllegalArgumentException(
                        one.kind() + ": the target has no certificate authority to trust");
            }
            if (!seen.add(one.kind())) {
                throw new IllegalArgumentException("classes: %s twice".formatted(one.kind()));
            }
            if (one.kind() == RequestClass.IDLE && one.lasting().compareTo(duration) >= 0) {
                throw new IllegalArgumentException(
                        "IDLE: lasting: %s is not below the duration %s, so none would speak again"
                                .formatted(one.lasting(), duration));
            }
        }
    }

    /// A plan with seed 1 and at most 4000 requests in flight.
    public static LoadPlan of(
            Target target, String tag, int rate, Duration duration, ClassPlan... classes) {
        return new LoadPlan(target, tag, rate, duration, 1, 4000, List.of(classes));
    }

    /// The same with another seed.
    public LoadPlan seeded(long other) {
        return new LoadPlan(target, tag, rate, duration, other, inFlightLimit, classes);
    }

    /// The same with another limit of requests in flight.
    public LoadPlan atMost(int inFlight) {
        return new LoadPlan(target, tag, rate, duration, seed, inFlight, classes);
    }

    /// The id of a request: the value of `X-Tandem-Id`.
    String id(long number) {
        return tag + "-" + number;
    }

    /// The plan on one line, for the history.
    String describe() {
        return "%s %s http=%d https=%d rate=%d duration=%s seed=%d inflight=%d; %s"
                .formatted(
                        target.address().getHostAddress(),
                        target.host(),
                        target.httpPort(),
                        target.httpsPort(),
                        rate,
                        duration,
                        seed,
                        inFlightLimit,
                        classes.stream()
                                .map(ClassPlan::describe)
                                .collect(Collectors.joining("; ")));
    }
}
