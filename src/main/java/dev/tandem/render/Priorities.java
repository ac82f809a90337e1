package dev.tandem.render;

import dev.tandem.model.Return;
import dev.tandem.model.Served;
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
/// With more pools, `servers_down` is how many of them have no web server, and Keepalived
/// multiplies its weight by that: a balancer that serves more comes first, whatever else. To reach
/// no listener is as bad as to serve no pool. There is room for so many pools ({@link #mostPools});
/// what is lost beyond that is not counted (Balancer.pm in the image).
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
/// @param pools how many pools are counted
record Priorities(int count, int step, int holds, int pools) {
    /// The highest priority of a router that does not own the address itself.
    static final int TOP = 254;

    /// What a pool may cost, in bands: once by `servers_down`, once by `listener_down`.
    private static final int BANDS_OF_POOL = 4;

    /// The band without a handicap, and that of `leaving`.
    private static final int OTHER_BANDS = 2;

    /// The bands need six times as many priorities as there are balancers.
    static final int MOST = (TOP - 1) / (OTHER_BANDS + BANDS_OF_POOL);

    static Priorities of(Site site) {
        return of(site.balancers().size(), Served.of(site).size(), site.vip().returns());
    }

    static Priorities of(int count, int pools, Return returns) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " balancers; possible are 1 to " + MOST);
        }
        boolean stays = returns == Return.NEVER && count > 1;
        int counted = Math.min(pools, mostPools(count));
        int bands = OTHER_BANDS + BANDS_OF_POOL * counted;
        int step = Math.min(10, (TOP - 1) / (bands * count));
        return new Priorities(count, step, stays ? count * (step / 2) : 0, counted);
    }

    /// With one pool.
    static Priorities of(int count, Return returns) {
        return of(count, 1, returns);
    }

    /// How many pools can be told from one another with so many balancers, at a step that has a
    /// lower half. The init counts no more (`most_down` in Balancer.pm).
    static int mostPools(int count) {
        return Math.max(1, ((TOP - 1) / (count * 2) - OTHER_BANDS) / BANDS_OF_POOL);
    }

    /// The priority of the balancer at this place in the file, counted from 0, without the VIP.
    int priority(int place) {
        return holds == 0 ? TOP - place * step : TOP - holds - place * (step / 2);
    }

    /// The same for virtual IPs of the balancer at `owner`: it is the first one there, and those
    /// after it follow, round to those before it.
    int priority(int place, int owner) {
        return priority(Math.floorMod(place - owner, count));
    }

    /// The weight of `leaving`: one band.
    int leaving() {
        return -band();
    }

    /// The weight of `servers_down`: two bands for each pool.
    int serversDown() {
        return -2 * band();
    }

    /// The weight of `listener_down`: as if no pool was left. A balancer that leaves and serves is
    /// better than one that clients do not reach.
    int listenerDown() {
        return -2 * band() * pools;
    }

    private int band() {
        return count * step;
    }
}
