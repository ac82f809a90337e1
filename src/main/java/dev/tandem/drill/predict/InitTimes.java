package dev.tandem.drill.predict;

import java.time.Duration;

/// The times used by a balancer's init (`use constant` in images/balancer/lib/Balancer.pm, and the
/// loop of images/balancer/init). The image does not know the site file, so they are the same for
/// every site; a test keeps them equal to both scripts.
public final class InitTimes {
    /// PROBE_EVERY: from the start of one probe of HAProxy to the next.
    public static final Duration PROBE_EVERY = Duration.ofMillis(100);

    /// PROBE_LIMIT: a later answer does not count.
    public static final Duration PROBE_LIMIT = Duration.ofMillis(200);

    /// PROBE_FALL: consecutive missing answers until HAProxy counts as down.
    public static final int PROBE_FALL = 1;

    /// GONE: how long a master must see no web server before it says so.
    public static final Duration GONE = Duration.ofSeconds(2);

    /// The longest that the main loop sleeps: `select` with a timeout. Anything due is noticed up
    /// to this much later.
    public static final Duration LOOP = Duration.ofMillis(50);

    private InitTimes() {}

    /// The longest that a hung HAProxy goes unnoticed. It may hang just after an answer, so the
    /// next probe is PROBE_EVERY away. Each unanswered probe takes PROBE_LIMIT, and the next one
    /// follows at once, because PROBE_EVERY counts from the start and has passed (`question` sets
    /// both). The start and the end of each are noticed up to one LOOP late.
    public static Formula hangNoticed() {
        Duration each = PROBE_LIMIT.compareTo(PROBE_EVERY) > 0 ? PROBE_LIMIT : PROBE_EVERY;
        return Formula.none().plus(PROBE_EVERY).plus(PROBE_FALL, each).plus(2 * PROBE_FALL, LOOP);
    }

    /// The longest until new connections go to the peer of a balancer whose HAProxy sees no web
    /// server (`servers`): it says so with the next probe.
    public static Formula unseenNoticed() {
        return Formula.none().plus(PROBE_EVERY).plus(2, LOOP);
    }

    /// The longest that a master waits before it says that it sees no web server (`servers`): GONE
    /// from the last probe answered with 200, noticed with the next probe after that.
    public static Formula emptyNoticed() {
        return Formula.none().plus(GONE).plus(unseenNoticed());
    }
}
