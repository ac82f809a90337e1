package dev.tandem.doctor;

import dev.tandem.docker.Member;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.model.Vip;
import dev.tandem.render.Beacon;
import dev.tandem.render.OwnVips;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Findings from the VRRP adverts that were heard on the LAN: whether another machine uses one of
/// the site's virtual routers, or claims its VIP in another one. Pure.
final class LanFindings {
    private static final String ABOUT = "other VRRP groups";
    private static final int ROUTER_IDS = 255;

    /// The time of three adverts from a group that sends one per second, as most do.
    static final Duration LISTENED = Duration.ofMillis(3500);

    private final SiteSeen seen;
    private final Site site;

    private LanFindings(SiteSeen seen) {
        this.seen = seen;
        this.site = seen.site();
    }

    static List<Finding> of(SiteSeen seen) {
        LanFindings all = new LanFindings(seen);
        List<Finding> findings = new ArrayList<>();
        seen.heard()
                .forEach((listener, answer) -> {
                    if (answer instanceof Answer.Unknown<List<Advert>>(String reason)) {
                        findings.add(
                                Finding.unknown(
                                        ABOUT,
                                        "at " + listener + ": " + reason,
                                        "tandem up, then: tandem doctor"));
                    }
                });
        List<Advert> foreign = all.foreign();
        findings.addAll(foreign.stream().filter(all::disturbs).map(all::disturbed).toList());
        if (findings.isEmpty()) {
            findings.add(all.quiet(foreign));
        }
        return findings;
    }

    /// Everything that was heard, each sender and virtual router once.
    private static List<Advert> heard(SiteSeen seen) {
        return seen.heard().values().stream()
                .flatMap(answer -> answer.value().stream())
                .flatMap(List::stream)
                .collect(
                        Collectors.toMap(
                                advert -> advert.sender() + " " + advert.routerId(),
                                advert -> advert,
                                (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Advert::sender).thenComparingInt(Advert::routerId))
                .toList();
    }

    private List<Advert> foreign() {
        List<Ip4> ours = site.balancers().stream().map(Balancer::lanAddress).toList();
        return heard(seen).stream().filter(advert -> !ours.contains(advert.sender())).toList();
    }

    private boolean disturbs(Advert advert) {
        return routerIds(site).contains(advert.routerId())
                || advert.addresses().contains(site.vip().address());
    }

    private Finding disturbed(Advert advert) {
        Vip vip = site.vip();
        String what =
                "%s%s sends adverts of virtual router %d (version %d, priority %d, address %s)"
                        .formatted(
                                advert.sender(),
                                container(advert.sender()),
                                advert.routerId(),
                                advert.version(),
                                advert.priority(),
                                advert.addresses().stream()
                                        .map(Ip4::toString)
                                        .collect(Collectors.joining(", ")));
        if (!routerIds(site).contains(advert.routerId())) {
            return Finding.ill(
                    "another VRRP group",
                    what,
                    "it claims our VIP " + vip.address() + ", so two machines answer for it",
                    "take the address from that group; or in tandem.yaml another vip.address, then"
                            + " tandem up");
        }
        String whose =
                advert.routerId() == vip.routerId()
                        ? "our VIP has the same number"
                        : "a balancer's beacon, or its own VIPs, numbered after the VIP, have the"
                                + " same number";
        return Finding.ill(
                "another VRRP group",
                what,
                whose
                        + ": two groups with the same number on a LAN are one virtual router"
                        + " (RFC 9568,"
                        + " section 5.2.3). One hears the other as its master, or both answer",
                "in tandem.yaml, under vip: router_id: %d    (it and the next %s were not"
                                .formatted(free(), more() == 2 ? "two" : more())
                        + " heard here), then tandem up: the VIP stays where it is and pauses for 3"
                        + " adverts; or give that group another number");
    }

    /// The virtual router ids that a site with this VIP uses.
    private static SortedSet<Integer> routerIds(Site site) {
        SortedSet<Integer> ids = new TreeSet<>(List.of(site.vip().routerId()));
        if (site.handsOver()) {
            site.balancers().forEach(one -> ids.add(Beacon.of(site, one).routerId()));
        }
        site.owners().forEach(one -> ids.add(OwnVips.of(site, one).routerId()));
        return ids;
    }

    /// How many ids after the VIP's the site may take: two for beacons, and those of balancers' own
    /// VIPs.
    private int more() {
        return site.owners().isEmpty() ? 2 : site.balancers().size() + 1;
    }

    /// A virtual router id that was not heard in use, nor those after it.
    private int free() {
        List<Integer> used = new ArrayList<>(routerIds(site));
        heard(seen).forEach(advert -> used.add(advert.routerId()));
        return IntStream.rangeClosed(1, ROUTER_IDS - more())
                .map(step -> (site.vip().routerId() + step) % (ROUTER_IDS - more()) + 1)
                .filter(id -> used.stream().noneMatch(u -> u >= id && u <= id + more()))
                .findFirst()
                .orElse(1);
    }

    private String container(Ip4 address) {
        return seen.members().stream()
                .filter(member -> member.address().equals(address.toString()))
                .map(Member::container)
                .findFirst()
                .map(name -> " (container " + name + " of this engine)")
                .orElse("");
    }

    private Finding quiet(List<Advert> foreign) {
        if (seen.heard().isEmpty()) {
            return seen.lan().filter(Lan.Bridge.class::isInstance).isPresent()
                    ? Finding.well(
                            ABOUT, "the LAN is a bridge of this host that does not exist yet")
                    : Finding.unknown(ABOUT, "the LAN cannot be built here", "see vip.interface");
        }
        String others =
                foreign.isEmpty()
                        ? ""
                        : "; others: "
                                + foreign.stream()
                                        .map(a -> a.routerId() + " of " + a.sender())
                                        .collect(Collectors.joining(", "));
        return Finding.well(
                ABOUT,
                "nobody else was heard using virtual router %s, within %s at %s%s"
                        .formatted(
                                routerIds(site).stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")),
                                Seconds.tenths(LISTENED),
                                String.join(", ", seen.heard().keySet()),
                                others));
    }

    /// Which of the site's balancers hear each other: for each that listened, the balancers whose
    /// adverts for the VIP arrived.
    static Map<String, SortedSet<String>> hearing(SiteSeen seen) {
        Map<String, SortedSet<String>> hearing = new java.util.TreeMap<>();
        seen.heard()
                .forEach((listener, answer) ->
                        answer.value()
                                .ifPresent(adverts ->
                                        hearing.put(listener, ours(seen.site(), adverts))));
        return hearing;
    }

    private static SortedSet<String> ours(Site site, List<Advert> adverts) {
        return site.balancers().stream()
                .filter(one ->
                        adverts.stream()
                                .anyMatch(a ->
                                        a.sender().equals(one.lanAddress())
                                                && a.routerId() == site.vip().routerId()))
                .map(Balancer::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
