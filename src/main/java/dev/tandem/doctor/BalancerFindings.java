package dev.tandem.doctor;

import dev.tandem.model.Site;
import dev.tandem.text.Seconds;
import java.util.ArrayList;
import java.util.List;

/// Findings from inside the balancers: what the hand-over needs, and names that are slow to
/// resolve. Pure.
final class BalancerFindings {
    /// A name normally resolves in some milliseconds; a silent name server costs seconds.
    private static final int LONG_MILLIS = 1000;

    private static final String DNS_CURE =
            "set name servers that answer, in /etc/resolv.conf on the engine's machine or as"
                    + " \"dns\" in"
                    + " /etc/docker/daemon.json; then restart the engine";

    private final Site site;
    private final List<Finding> findings = new ArrayList<>();

    private BalancerFindings(Site site) {
        this.site = site;
    }

    static List<Finding> of(SiteSeen seen) {
        BalancerFindings all = new BalancerFindings(seen.site());
        seen.inside()
                .forEach((name, answer) -> {
                    switch (answer) {
                        case Answer.Unknown<InsideSeen>(String reason) ->
                                all.findings.add(
                                        Finding.unknown(
                                                "inside of " + name, reason, "tandem status"));
                        case Answer.Known<InsideSeen>(InsideSeen inside) ->
                                all.balancer(name, inside);
                    }
                });
        return all.findings;
    }

    private void balancer(String name, InsideSeen inside) {
        if (site.handsOver()) {
            findings.add(handover(name, inside));
        }
        findings.add(ownName(name, inside.ownName()));
        inside.names().forEach((host, lookUp) -> findings.add(webServer(name, host, lookUp)));
    }

    private Finding handover(String name, InsideSeen inside) {
        String about = "hand-over of " + name;
        String why = "open connections are reset when the VIP moves";
        if (inside.arpIgnore() < 1 || inside.arpAnnounce() < 2) {
            return Finding.ill(
                    about,
                    "net.ipv4.conf.all.arp_ignore is %d and arp_announce is %d, not 1 and 2"
                            .formatted(inside.arpIgnore(), inside.arpAnnounce()),
                    why + ": with the VIP on lo it would answer ARP for it all the time",
                    "compose.yaml sets both as sysctls: tandem up recreates the container if"
                            + " that was changed");
        }
        return inside.vipOnLo()
                ? Finding.well(about, "its sysctls are set, and the VIP is on lo")
                : Finding.ill(
                        about,
                        "the VIP is not on lo: its init could not load handover.nft",
                        why,
                        "to see why: tandem logs %s".formatted(name));
    }

    private static Finding ownName(String name, InsideSeen.LookUp lookUp) {
        String about = "own name of " + name;
        return lookUp.millis() < LONG_MILLIS
                ? Finding.well(about, "looked up in %d ms".formatted(lookUp.millis()))
                : Finding.risk(
                        about,
                        "looking it up takes " + Seconds.tenths(lookUp.time()),
                        "Keepalived looks it up at startup, and joins VRRP that much later",
                        DNS_CURE);
    }

    private static Finding webServer(String name, String host, InsideSeen.LookUp lookUp) {
        String about = host + ", as " + name + " looks it up";
        String seen =
                (lookUp.found() ? "found" : "not found") + " in " + Seconds.tenths(lookUp.time());
        if (!lookUp.found()) {
            return Finding.ill(
                    about,
                    seen,
                    "HAProxy has no address for this web server, so it sends it nothing",
                    DNS_CURE + "; or write its address into tandem.yaml");
        }
        return lookUp.millis() < LONG_MILLIS
                ? Finding.well(about, seen)
                : Finding.risk(
                        about,
                        seen,
                        "HAProxy waits that long at startup before it serves",
                        DNS_CURE);
    }
}
