package dev.tandem.render;

import dev.tandem.model.Return;
import dev.tandem.model.Site;

/// VRRP priorities, and what each handicap costs, for a given number of balancers.
///
/// A handicap smaller than the distance to the peer never moves the VIP: the most common mistake in
/// hand-written pairs. Here three bands of priorities never touch, whatever the number of
/// balancers:
///
/// 1. balancers without a handicap, in the order of the site file;
/// 2. those that are leaving (`leaving`): they still serve, but any of band 1 is better;
/// 3. those that see no web server (`servers_down`), and those with a listener that clients do not
///    reach (`listener_down`); then those with two of these handicaps, or all three.
///
/// So the VIP goes to the best band, and within it to the first in the file. A balancer whose
/// HAProxy is down takes no part: that is weight 0, Keepalived's FAULT.
///
/// Where the VIP never returns, whoever has it is the first of its band (`holds`): places lie half
/// as far apart there, and the lower half of the band is for those that do not have it. The bands
/// are the same, so balancers can go from one rule to the other one after the other.
///
/// Priorities begin at the top because a master that leaves cleanly is replaced after the skew,
/// (256 − priority) / 256 × advert (RFC 9568, section 6.1); 255 belongs to the owner of the
/// address.
///
/// @param count the number of balancers, 1 to {@link #MOST}
/// @param step the distance between two neighbours, at least 1
/// @param holds what it counts to have the VIP; 0 where that counts for nothing
record Priorities(int count, int step, int holds) {
    /// The highest priority of a router that does not own the address itself.
    static final int TOP = 254;

    /// What all handicaps cost together, in bands, and the band without any.
    private static final int BANDS = 6;

    /// The bands need six times as many priorities as there are balancers.
    static final int MOST = (TOP - 1) / BANDS;

    static Priorities of(Site site) {
        return of(site.balancers().size(), site.vip().returns());
    }

    static Priorities of(int count, Return returns) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " balancers; possible are 1 to " + MOST);
        }
        int step = Math.min(10, (TOP - 1) / (BANDS * count));
        boolean stays = returns == Return.NEVER && count > 1;
        return new Priorities(count, step, stays ? count * (step / 2) : 0);
    }

    /// The priority of the balancer at this place in the file, counted from 0, without the VIP.
    int priority(int place) {
        return holds == 0 ? TOP - place * step : TOP - holds - place * (step / 2);
    }

    /// The weight of `leaving`: one band.
    int leaving() {
        return -band();
    }

    /// The weight of `servers_down`: two bands.
    int serversDown() {
        return -2 * band();
    }

    /// The weight of `listener_down`: two bands. A balancer that leaves and serves is better than
    /// one that clients do not reach.
    int listenerDown() {
        return -2 * band();
    }

    private int band() {
        return count * step;
    }
}
