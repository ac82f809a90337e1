package dev.tandem.drill.predict;

import dev.tandem.model.Return;
import dev.tandem.text.Seconds;
import java.time.Duration;

/// How long VRRP takes to give the VIP to the next balancer, by RFC 9568, section 6.1:
///
/// ```
/// Skew_Time            = ((256 − Priority) × Active_Adver_Interval) / 256
/// Active_Down_Interval = (3 × Active_Adver_Interval) + Skew_Time
/// ```
///
/// The priority is that of the balancer that takes over. It is the one in keepalived.conf; a test
/// keeps the two equal.
///
/// @param balancers how many there are
/// @param advert the advertisement interval
/// @param returns whether the VIP goes back: otherwise who takes over has less than the holder
public record Election(int balancers, Duration advert, Return returns) {
    private static final int TOP = 254;
    private static final int STEP = 10;
    private static final int RANGE = 256;

    /// Whether there is a peer to take over.
    public boolean hasPeer() {
        return balancers > 1;
    }

    /// The priority of the balancer at this position in the file, starting at 0.
    public int priority(int place) {
        int step = Math.min(STEP, (TOP - 1) / (6 * balancers));
        boolean stays = returns == Return.NEVER && hasPeer();
        return stays ? TOP - (balancers + place) * (step / 2) : TOP - place * step;
    }

    /// A master that has gone silent: Active_Down_Interval of the peer. It counts from the last
    /// advert, so the fault itself comes up to one advert later and the time is shorter by that.
    public Formula silent() {
        return Formula.none().plus(3, advert).plus(skew());
    }

    /// A master that announces its departure with an advert of priority 0: Skew_Time of the peer
    /// (section 6.4.2). Keepalived sends it when an instance goes to FAULT; version 2.3 was seen to
    /// do so with its next advert.
    public Formula left() {
        return Formula.none().plus(1, advert).plus(skew());
    }

    private Formula skew() {
        int below = RANGE - priority(1);
        Duration skew = advert.multipliedBy(below).dividedBy(RANGE);
        String term =
                "(%d − %d)/%d × %s".formatted(RANGE, priority(1), RANGE, Seconds.text(advert));
        return Formula.none().plus(term, skew);
    }

    /// A master that continues with a priority below the peer's: the peer discards such adverts and
    /// waits as if there were none (section 6.4.2, Preempt_Mode).
    public Formula demoted() {
        return silent();
    }
}
