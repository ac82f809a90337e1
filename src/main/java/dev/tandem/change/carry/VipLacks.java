package dev.tandem.change.carry;

import dev.tandem.health.Lack;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is lacking until virtual IPs are where a step of a change wants them. Pure.
record VipLacks(Site site, Orders orders) {
    /// Until this balancer, and no other, holds the VIP. When the VIP's address changes, the old
    /// address may still be held: no balancer that knows the new one can take it over.
    List<Lack> holder(Snapshot snapshot, String balancer) {
        TreeSet<String> now = new TreeSet<>(snapshot.vipHolders());
        now.removeIf(name -> snapshot.answer(name).filter(this::holdsAnother).isPresent());
        List<String> holders = List.copyOf(now);
        return holders.equals(List.of(balancer))
                ? List.of()
                : List.of(new Lack.HeldByOther(holders, balancer));
    }

    /// The same, and no other balancer has a virtual IP of its own. One that is new is held by
    /// nobody: that is no lack.
    List<Lack> holderOfAll(Snapshot snapshot, String balancer) {
        Stream<Lack> own =
                site.owners().stream()
                        .flatMap(owner -> owner.vips().stream())
                        .map(vip -> new Lack.HeldElsewhere(vip, snapshot.with(vip), balancer))
                        .filter(lack ->
                                lack.holders().stream().anyMatch(one -> !one.equals(balancer)))
                        .map(lack -> lack);
        return Stream.concat(holder(snapshot, balancer).stream(), own).toList();
    }

    /// Until this balancer holds the VIP, and those that should serve, and take part, have their
    /// own.
    List<Lack> home(Snapshot snapshot, String balancer) {
        Stream<Lack> own =
                site.owners().stream()
                        .filter(owner -> orders.duty(owner.name()) == Duty.SERVE)
                        .filter(owner ->
                                snapshot.answer(owner.name())
                                        .filter(VipLacks::takesPart)
                                        .isPresent())
                        .flatMap(owner -> own(snapshot, owner))
                        .filter(lack -> !lack.holders().equals(List.of(lack.owner())))
                        .map(lack -> lack);
        return Stream.concat(holder(snapshot, balancer).stream(), own).toList();
    }

    private static Stream<Lack.NotAtOwner> own(Snapshot snapshot, Balancer owner) {
        return owner.vips().stream()
                .map(vip -> new Lack.NotAtOwner(vip, snapshot.with(vip), owner.name()));
    }

    private static boolean takesPart(BalancerSeen.Answered says) {
        return says.serving() && (says.vrrp() == Vrrp.MASTER || says.vrrp() == Vrrp.BACKUP);
    }

    /// Whether the VIP that a balancer holds belongs to another state of the site.
    private boolean holdsAnother(BalancerSeen.Answered seen) {
        List<Standing.Address> addresses = seen.standing().addresses();
        String wanted = site.vip().address() + "/";
        return seen.holdsVip()
                && !addresses.isEmpty()
                && addresses.stream()
                        .filter(address -> !address.device().equals("lo"))
                        .noneMatch(address -> address.cidr().startsWith(wanted));
    }
}
