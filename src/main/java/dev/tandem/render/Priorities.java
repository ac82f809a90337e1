package dev.tandem.render;

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
/// Priorities begin at the top because a master that leaves cleanly is replaced after the skew,
/// (256 − priority) / 256 × advert (RFC 9568, section 6.1); 255 belongs to the owner of the
/// address.
///
/// @param count the number of balancers, 1 to {@link #MOST}
/// @param step the distance between two neighbours, at least 1
record Priorities(int count, int step) {
    /// The highest priority of a router that does not own the address itself.
    static final int TOP = 254;

    /// What all handicaps cost together, in bands, and the band without any.
    private static final int BANDS = 6;

    /// The bands need six times as many priorities as there are balancers.
    static final int MOST = (TOP - 1) / BANDS;

    static Priorities of(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " balancers; possible are 1 to " + MOST);
        }
        return new Priorities(count, Math.min(10, (TOP - 1) / (BANDS * count)));
    }

    /// The priority of the balancer at this place in the file, counted from 0.
    int priority(int place) {
        return TOP - place * step;
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
