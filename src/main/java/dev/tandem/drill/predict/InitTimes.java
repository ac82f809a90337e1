package dev.tandem.drill.predict;

import java.time.Duration;

/// The times that the init of a balancer keeps (`use constant` in images/balancer/lib/Balancer.pm,
/// and the loop of images/balancer/init). The image does not know the site file, so they are the
/// same for every site; a test holds them equal to both scripts.
public final class InitTimes {
    /// PROBE_EVERY: between the beginnings of two questions to HAProxy.
    public static final Duration PROBE_EVERY = Duration.ofMillis(100);

    /// PROBE_LIMIT: an answer that takes longer is none.
    public static final Duration PROBE_LIMIT = Duration.ofMillis(200);

    /// PROBE_FALL: missing answers in a row until HAProxy counts as down.
    public static final int PROBE_FALL = 1;

    /// GONE: how long a master must see no web server until it says so.
    public static final Duration GONE = Duration.ofSeconds(2);

    /// How long the main loop sleeps at most: `select` with a limit. A time that has come is
    /// noticed so much later.
    public static final Duration LOOP = Duration.ofMillis(50);

    private InitTimes() {}

    /// How long a HAProxy that hangs goes unnoticed at most. It may hang just after an answer, so
    /// the next question is PROBE_EVERY away. Each question that gets no answer takes PROBE_LIMIT,
    /// and the next one follows at once, because PROBE_EVERY counts from the beginning and is over
    /// (`question` sets both). The beginning and the end of each is noticed a LOOP late.
    public static Formula hangNoticed() {
        Duration each = PROBE_LIMIT.compareTo(PROBE_EVERY) > 0 ? PROBE_LIMIT : PROBE_EVERY;
        return Formula.none().plus(PROBE_EVERY).plus(PROBE_FALL, each).plus(2 * PROBE_FALL, LOOP);
    }

    /// How long it takes at most until new connections go to the peer of a balancer whose HAProxy
    /// sees no web server (`servers`): it says so with the next question.
    public static Formula unseenNoticed() {
        return Formula.none().plus(PROBE_EVERY).plus(2, LOOP);
    }

    /// How long a master keeps it to itself at most that it sees no web server (`servers`): GONE
    /// from the last question that was answered with 200, noticed with the next question after
    /// that.
    public static Formula emptyNoticed() {
        return Formula.none().plus(GONE).plus(unseenNoticed());
    }
}
