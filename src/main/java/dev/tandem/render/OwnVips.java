package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Handover;
import dev.tandem.model.Site;

/// The VRRP instance of a balancer's own virtual IPs (`balancers.NAME.vips`): that balancer is
/// first in it, the others follow. How a balancer is says the same in all instances: their
/// handicaps are the same files.
///
/// @param routerId VRRP's virtual router id: those after the VIP's and the two of beacons, one per
///   balancer, by its place in the file
/// @param address what adverts list. It is never used; the virtual IPs are not listed, because
///   Keepalived drops an advert with other addresses than its own, and while addresses are added or
///   removed the balancers do not have the same ones
public record OwnVips(int routerId, String address) {
    /// Those of a balancer that is not the first.
    public static OwnVips of(Site site, Balancer owner) {
        int place = site.balancers().indexOf(owner);
        int id = Beacon.after(site, Handover.BALANCERS + place);
        return new OwnVips(id, "127.0.77." + (place + 1));
    }
}
