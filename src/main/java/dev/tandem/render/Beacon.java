package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import java.time.Duration;

/// The beacon of a balancer: adverts of a virtual router that is its own, sent whether or not it
/// holds the VIP. Its peer reads two things from their priority: that this balancer can go on with
/// the connections that it has, and whether it takes new ones.
///
/// A beacon is silent for as long as a master is before it is replaced: 3 × advert. So a balancer
/// that dies is no longer sent anything when its peer takes the VIP, and clients get their reset
/// from the peer as early as without a hand-over.
///
/// @param routerId VRRP's virtual router id: the two after the VIP's, one for each balancer
public record Beacon(int routerId) {
    /// The priority of a balancer without a handicap. 255 would be the owner of the address, which
    /// no handicap touches.
    static final int PRIORITY = 250;

    /// What `leaving` and `servers_unseen` each take from it. It stays above 0 with both, because 0
    /// says "I am gone" (RFC 9568, section 5.2.4).
    static final int NOT_OPEN = -100;

    /// From here on up the balancer takes new connections: above what one handicap leaves.
    static final int OPEN = 200;

    /// Nobody reaches it: Keepalived wants an address for every instance.
    static final String ADDRESS = "127.0.77.1";

    /// How many virtual router ids there are, without 0 (RFC 9568, section 5.2.3).
    private static final int ROUTER_IDS = 255;

    /// How many beacons may be lost until a balancer counts as gone.
    private static final int LOST = 10;

    /// A beacon that is late by less must not break connections that live on the peer. A dead
    /// peer's connections are reset so much later at most.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /// Between two beacons. The same on every site: while its times are changed, one balancer has
    /// the new ones and its peer the old ones, and each must hear the other within what it itself
    /// takes for silence.
    static final Duration INTERVAL = PATIENCE.dividedBy(LOST);

    /// The beacon of a balancer.
    public static Beacon of(Site site, Balancer balancer) {
        int place = site.balancers().indexOf(balancer) + 1;
        return new Beacon((site.vip().routerId() + place - 1) % ROUTER_IDS + 1);
    }

    /// Whom this balancer hands over to.
    static Balancer peer(Site site, Balancer balancer) {
        return site.balancers().stream()
                .filter(other -> !other.equals(balancer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(balancer.name() + " is alone"));
    }

    /// How long a beacon that is not heard counts as heard: as long as VRRP waits for a master, and
    /// not below {@link #PATIENCE}.
    static Duration silence(Timing timing) {
        Duration down = timing.advert().multipliedBy(3);
        return down.compareTo(PATIENCE) > 0 ? down : PATIENCE;
    }
}
