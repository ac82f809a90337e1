package dev.tandem.doctor;

import dev.tandem.docker.Member;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Findings about who answers for the VIP on the LAN: nobody, one balancer, a stranger, or two
/// balancers at once, which is a split brain if both are master. Pure.
final class VipFindings {
    private static final String FIND_IT =
            "find the machine with this MAC (the switch's address table says at which port)"
                    + " and take the address from it";

    private static final String TWO = "two owners of the VIP";

    private final SiteSeen seen;
    private final Snapshot snapshot;
    private final Ip4 vip;

    /// The names of the balancers, by MAC.
    private final SortedMap<String, String> names = new TreeMap<>();

    private VipFindings(SiteSeen seen, Snapshot snapshot) {
        this.seen = seen;
        this.snapshot = snapshot;
        this.vip = seen.site().vip().address();
        Site site = seen.site();
        for (Balancer balancer : site.balancers()) {
            seen.members().stream()
                    .filter(m -> m.container().equals(site.container(balancer.name())))
                    .forEach(m -> names.put(m.mac(), balancer.name()));
            snapshot.answer(balancer.name()).ifPresent(a -> names.put(a.mac(), balancer.name()));
        }
    }

    static List<Finding> of(SiteSeen seen, Snapshot snapshot) {
        if (snapshot.answers().isEmpty()) {
            String reason = "no balancer answered, so nobody asked the LAN";
            return List.of(Finding.unknown("VIP", reason, "tandem status"));
        }
        return new VipFindings(seen, snapshot).findings();
    }

    private List<Finding> findings() {
        SortedMap<String, String> holders = holders();
        List<Finding> findings = new ArrayList<>();
        holders.forEach((mac, name) -> {
            if (name.isEmpty()) {
                findings.add(stranger(mac));
            }
        });
        List<String> ours = holders.values().stream().filter(n -> !n.isEmpty()).toList();
        if (ours.size() > 1) {
            findings.add(twoAnswer(holders, ours));
        } else if (holders.isEmpty()) {
            findings.add(
                    Finding.ill(
                            "VIP",
                            "nobody answers for " + vip,
                            "clients cannot connect",
                            "to see what each balancer lacks: tandem status"));
        }
        return findings.isEmpty()
                ? List.of(Finding.well("VIP", ours.getFirst() + " alone answers for " + vip))
                : findings;
    }

    /// Every MAC that answers for the VIP, and the balancer that has it; empty text for a stranger.
    private SortedMap<String, String> holders() {
        SortedMap<String, String> holders = new TreeMap<>();
        for (Answered one : snapshot.answers()) {
            if (one.holdsVip()) {
                holders.put(one.mac(), names.getOrDefault(one.mac(), ""));
            }
            one.arp().forEach(mac -> holders.put(mac, names.getOrDefault(mac, "")));
        }
        return holders;
    }

    private Finding stranger(String mac) {
        Optional<String> container =
                seen.members().stream()
                        .filter(member -> member.mac().equals(mac))
                        .map(Member::container)
                        .findFirst();
        return Finding.ill(
                "foreign owner of the VIP",
                mac
                        + container.map(c -> " (container " + c + " of this engine)").orElse("")
                        + " answers ARP for "
                        + vip
                        + " and is no balancer of this site",
                "clients that learn its MAC do not reach the site",
                container
                                .map(c -> "docker stop " + c + ", or take the address from it")
                                .orElse(FIND_IT)
                        + "; or in tandem.yaml another vip.address, then tandem up");
    }

    private Finding twoAnswer(SortedMap<String, String> holders, List<String> ours) {
        String who =
                holders.entrySet().stream()
                        .filter(e -> !e.getValue().isEmpty())
                        .map(e -> e.getValue() + " (" + e.getKey() + ")")
                        .sorted()
                        .collect(Collectors.joining(" and "));
        Optional<String> frozen =
                ours.stream()
                        .filter(name ->
                                snapshot.balancers().get(name) instanceof BalancerSeen.Silent)
                        .findFirst();
        return frozen.map(name -> frozen(who, name))
                .or(() -> byHand(who, ours))
                .or(() -> unattended(who, ours))
                .orElseGet(() -> splitBrain(who, ours));
    }

    /// One whose Keepalived does not hold the VIP: somebody else has put it there.
    private Optional<Finding> byHand(String who, List<String> ours) {
        return ours.stream()
                .filter(name -> answer(name).filter(VipFindings::isNoMaster).isPresent())
                .findFirst()
                .map(name ->
                        Finding.ill(
                                TWO,
                                "%s answer ARP for %s; %s is %s: its address is not Keepalived's"
                                        .formatted(who, vip, name, vrrp(name)),
                                "clients that learn its MAC go to a balancer that is not master",
                                takeOff(name) + "; its init does the same within 2 s"));
    }

    /// One whose init does not run: when its Keepalived is gone as well, nobody takes the VIP off.
    private Optional<Finding> unattended(String who, List<String> ours) {
        return ours.stream()
                .filter(name -> stopped(name).isPresent())
                .findFirst()
                .map(name ->
                        Finding.ill(
                                TWO,
                                "%s answer ARP for %s; the init of %s has not run for %d s"
                                        .formatted(
                                                who,
                                                vip,
                                                name,
                                                stopped(name).orElseThrow().toSeconds()),
                                "whatever put the VIP there, nobody takes it off: clients that"
                                        + " learn its MAC may go to programs that have ended",
                                "docker kill -s CONT %1$s, if a signal has stopped it; else docker"
                                                .formatted(seen.site().container(name))
                                        + " restart "
                                        + seen.site().container(name)
                                        + ". Only when both still answer then: VRRP does not pass"
                                        + " between them"));
    }

    private Optional<Answered> answer(String name) {
        return snapshot.answer(name);
    }

    private Optional<Duration> stopped(String name) {
        return answer(name).flatMap(one -> one.standing().init().stoppedFor());
    }

    private static boolean isNoMaster(Answered one) {
        return one.vrrp() == Vrrp.BACKUP || one.vrrp() == Vrrp.FAULT;
    }

    private Vrrp vrrp(String name) {
        return answer(name).map(Answered::vrrp).orElse(Vrrp.UNKNOWN);
    }

    /// The command that takes the VIP off a balancer, but for the one on `lo`, which hands over.
    private String takeOff(String name) {
        return "docker exec "
                + seen.site().container(name)
                + answer(name).stream()
                        .flatMap(one -> one.standing().addresses().stream())
                        .filter(address -> !address.device().equals("lo"))
                        .filter(address -> address.cidr().startsWith(vip + "/"))
                        .map(a -> " ip address del " + a.cidr() + " dev " + a.device())
                        .findFirst()
                        .orElse(" ip address shows it, and ip address del takes it off");
    }

    /// A frozen balancer: its programs do nothing, but its kernel still answers.
    private Finding frozen(String who, String name) {
        return Finding.ill(
                TWO,
                "%s answer ARP for %s; %s itself is silent (its container is %s)"
                        .formatted(who, vip, name, snapshot.state(name)),
                "its kernel answers for a VIP that its programs no longer serve: some"
                        + " clients go there",
                snapshot.state(name).equals("paused")
                        ? "docker unpause " + seen.site().container(name)
                        : "docker restart " + seen.site().container(name));
    }

    private Finding splitBrain(String who, List<String> ours) {
        return Finding.ill(
                "split brain",
                who + " both answer ARP for " + vip + ". " + hearing(ours),
                "each believes it is the master: a client reaches one or the other, by"
                        + " chance, and its connections are reset when that changes",
                "let VRRP (IP protocol 112) pass between "
                        + addresses(ours)
                        + ": check the packet filters on them and on anything between them."
                        + " In a balancer: docker exec "
                        + seen.site().container(ours.getFirst())
                        + " nft list ruleset; their logs: tandem logs "
                        + String.join(" ", ours));
    }

    /// The listener hears packets before the packet filter: an advert that arrives but is not
    /// accepted is dropped there.
    private String hearing(List<String> ours) {
        Map<String, SortedSet<String>> hearing = LanFindings.hearing(seen);
        List<String> sentences = new ArrayList<>();
        for (String one : ours) {
            for (String other : ours) {
                SortedSet<String> heard = hearing.get(one);
                if (!one.equals(other) && heard != null) {
                    sentences.add(
                            heard.contains(other)
                                    ? "The adverts of %s arrive at %s, which ignores them"
                                            .formatted(other, one)
                                    : "No advert of %s arrives at %s".formatted(other, one));
                }
            }
        }
        return sentences.isEmpty() ? "" : String.join(". ", sentences);
    }

    private String addresses(List<String> ours) {
        return seen.site().balancers().stream()
                .filter(balancer -> ours.contains(balancer.name()))
                .map(balancer -> balancer.lanAddress().toString())
                .collect(Collectors.joining(" and "));
    }
}
