package dev.tandem.doctor;

import dev.tandem.doctor.PacketFilter.OnInterface;
import dev.tandem.model.Balancer;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import dev.tandem.text.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Findings about VRRP between machines: whether adverts of a balancer arrive at those on other
/// machines, and which packet filter drops them. Pure.
final class AdvertFindings {
    private static final String ABOUT = "VRRP between machines";
    private static final String FILTER = "packet filter";

    private final MachinesFacts facts;
    private final Site site;
    private final List<Finding> findings = new ArrayList<>();

    /// The machines of balancers at which adverts arrived: nothing there drops them.
    private final SortedSet<String> open = new TreeSet<>();

    private AdvertFindings(MachinesFacts facts) {
        this.facts = facts;
        this.site = facts.site().site();
    }

    static List<Finding> of(MachinesFacts facts) {
        return new AdvertFindings(facts).findings();
    }

    private List<Finding> findings() {
        List<String> pass = new ArrayList<>();
        facts.site()
                .heard()
                .forEach((listener, answer) -> {
                    String there = site.places().get(listener);
                    if (there != null && answer.value().isPresent()) {
                        senders(there)
                                .forEach(one ->
                                        pair(one, listener, answer.value().get())
                                                .ifPresent(pass::add));
                    }
                });
        if (!pass.isEmpty()) {
            findings.add(Finding.well(ABOUT, "adverts pass: " + String.join(", ", pass)));
        }
        facts.answered().keySet().forEach(this::filtered);
        return findings;
    }

    /// The balancers on other machines that send adverts now: of the VIP as its master, or of their
    /// beacon.
    private List<Balancer> senders(String machine) {
        Optional<Snapshot> snapshot = facts.site().snapshot().value();
        return site.balancers().stream()
                .filter(one -> !machine.equals(site.places().get(one.name())))
                .filter(one ->
                        snapshot.flatMap(seen -> seen.answer(one.name()))
                                .filter(seen -> seen.vrrp() == Vrrp.MASTER || site.handsOver())
                                .isPresent())
                .toList();
    }

    /// What passes, in words; empty when it does not, which is a finding.
    private Optional<String> pair(Balancer sender, String listener, List<Advert> heard) {
        String from = Objects.requireNonNull(site.places().get(sender.name()));
        String to = Objects.requireNonNull(site.places().get(listener));
        if (heard.stream().anyMatch(one -> one.sender().equals(sender.lanAddress()))) {
            open.add(to);
            return Optional.of(sender.name() + " → " + listener);
        }
        findings.add(
                Finding.ill(
                        ABOUT,
                        "no advert of %s (%s) arrives at %s (%s), within %s"
                                .formatted(
                                        sender.name(),
                                        from,
                                        listener,
                                        to,
                                        Seconds.tenths(LanFindings.LISTENED)),
                        "who hears no master becomes one: both hold the VIP, and clients reach one"
                                + " or the other by chance",
                        cure(sender, listener, from, to)));
        return Optional.empty();
    }

    private String cure(Balancer sender, String listener, String from, String to) {
        String dropped =
                List.of(from, to).stream()
                        .flatMap(name -> drops(name).stream().map(rule -> accept(name, rule)))
                        .collect(Collectors.joining("; "));
        return dropped.isEmpty()
                ? "let IP protocol 112 pass from %s to %s: packet filters of %s and %s, the switch,"
                                .formatted(sender.lanAddress(), address(listener), from, to)
                        + " the hypervisor; in the balancers: docker exec %s nft list ruleset"
                                .formatted(site.container(listener))
                : dropped;
    }

    private String address(String balancer) {
        return site.balancers().stream()
                .filter(one -> one.name().equals(balancer))
                .map(one -> one.lanAddress().toString())
                .findFirst()
                .orElse(balancer);
    }

    private Optional<PacketFilter> filter(String machine) {
        return Optional.ofNullable(facts.answered().get(machine))
                .flatMap(one -> one.seen().lan().value())
                .map(LanSeen::filter);
    }

    private List<OnInterface> drops(String machine) {
        String parent =
                Optional.ofNullable(facts.answered().get(machine))
                        .flatMap(SiteParts::lan)
                        .map(Lan.Macvlan::parent)
                        .orElse("");
        return filter(machine).map(PacketFilter::onTheWay).orElse(List.of()).stream()
                .filter(rule -> List.of(rule.device().split("[{}, ]+", -1)).contains(parent))
                .toList();
    }

    private static String accept(String machine, OnInterface rule) {
        return "on %s: nft insert rule %s %s ip protocol 112 accept"
                .formatted(machine, rule.table(), rule.chain());
    }

    private void filtered(String machine) {
        for (OnInterface rule : drops(machine)) {
            findings.add(
                    Finding.ill(
                                    FILTER,
                                    "%s drops IP protocol 112 on %s: %s"
                                            .formatted(rule.table(), rule.device(), rule.rule()),
                                    "the balancers do not hear each other's adverts: both hold the"
                                            + " VIP",
                                    accept(machine, rule))
                            .on(machine));
        }
        filter(machine).ifPresent(one -> forItself(machine, one));
    }

    /// A filter for the machine itself, which a node on macvlan is not behind. Where adverts were
    /// seen to arrive, nothing needs to be said of it.
    private void forItself(String machine, PacketFilter filter) {
        if (open.contains(machine)) {
            return;
        }
        if (filter.inInput().isPresent()) {
            findings.add(
                    Finding.risk(
                                    FILTER,
                                    "it drops IP protocol 112, which is VRRP: "
                                            + filter.inInput().get(),
                                    "nodes on macvlan stand beside this filter, not behind it;"
                                            + " where they do not (the LAN interface is a bridge),"
                                            + " the balancers do not hear each other",
                                    allow(filter.keeper()))
                            .on(machine));
        } else if (filter.legacy()) {
            findings.add(
                    Finding.unknown(
                                    FILTER,
                                    "its rules of iptables-legacy cannot be seen from a container",
                                    "iptables-legacy -S INPUT; a rule that drops VRRP: -p 112, or"
                                            + " the policy")
                            .on(machine));
        }
    }

    private String allow(String keeper) {
        return switch (keeper) {
            case "ufw" -> "ufw allow proto vrrp from " + site.vip().subnet();
            case "firewalld" ->
                    "firewall-cmd --permanent --add-protocol=vrrp && firewall-cmd --reload";
            default -> "iptables -I INPUT -p 112 -s %s -j ACCEPT".formatted(site.vip().subnet());
        };
    }
}
