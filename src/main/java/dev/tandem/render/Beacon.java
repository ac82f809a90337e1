package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import java.time.Duration;

/// The beacon of a balancer: adverts of a virtual router of its own, sent whether or not it holds
/// the VIP. Its peer reads two things from their priority: that this balancer can continue its open
/// connections, and whether it takes new ones.
///
/// A beacon counts as gone after the same silence as a master: 3 × advert. So once the peer takes
/// the VIP from a dead balancer, nothing is forwarded to that balancer any more, and clients get
/// their reset from the peer as early as without a hand-over.
///
/// @param routerId VRRP's virtual router id: the two after the VIP's, one per balancer
public record Beacon(int routerId) {
    /// The priority of a balancer without a handicap. 255 would be the owner of the address, to
    /// which no handicap applies.
    static final int PRIORITY = 250;

    /// What `leaving`, `servers_unseen` and `listener_down` each subtract. Whatever they add up to,
    /// Keepalived sends 1 at least: 0 means "I am gone" (RFC 9568, section 5.2.4).
    static final int NOT_OPEN = -100;

    /// From this priority on, the balancer takes new connections: more than a single handicap
    /// leaves.
    static final int OPEN = 200;

    /// Unreachable: Keepalived requires an address for every instance.
    static final String ADDRESS = "127.0.77.1";

    /// How many virtual router ids there are, without 0 (RFC 9568, section 5.2.3).
    private static final int ROUTER_IDS = 255;

    /// How many beacons in a row may be lost before a balancer counts as gone.
    private static final int LOST = 10;

    /// A beacon that is late by less must not break connections that live on the peer. At worst, a
    /// dead peer's connections are reset this much later.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /// The interval between two beacons. It is the same on every site: while a site's times are
    /// being changed, one balancer has the new ones and its peer the old ones, and each must hear
    /// the other before its own silence runs out.
    static final Duration INTERVAL = PATIENCE.dividedBy(LOST);

    /// For how long a balancer that said "I am gone" still counts as there: until its init, which
    /// sends a beacon every 100 ms, can have said otherwise twice. A Keepalived that loads another
    /// virtual router says so as well, and is silent for three intervals. What such a balancer does
    /// not have, it sends back.
    static final Duration FAREWELL = Duration.ofMillis(250);

    /// The beacon of a balancer.
    public static Beacon of(Site site, Balancer balancer) {
        int place = site.balancers().indexOf(balancer) + 1;
        return new Beacon(after(site, place));
    }

    /// The virtual router id so many after the VIP's; after the last one comes 1.
    static int after(Site site, int steps) {
        return (site.vip().routerId() + steps - 1) % ROUTER_IDS + 1;
    }

    /// The balancer to which this one hands over.
    static Balancer peer(Site site, Balancer balancer) {
        return site.balancers().stream()
                .filter(other -> !other.equals(balancer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(balancer.name() + " is alone"));
    }

    /// How long a missing beacon still counts as heard: as long as VRRP waits for a master, and at
    /// least {@link #PATIENCE}.
    static Duration silence(Timing timing) {
        Duration down = timing.advert().multipliedBy(3);
        return down.compareTo(PATIENCE) > 0 ? down : PATIENCE;
    }
}
