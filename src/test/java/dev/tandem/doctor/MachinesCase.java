package dev.tandem.doctor;

import dev.tandem.docker.ClockSeen;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.EngineInfo.Crash;
import dev.tandem.docker.Room;
import dev.tandem.docker.Unreachable;
import dev.tandem.doctor.MachineFacts.Answered;
import dev.tandem.doctor.MachineFacts.Inside;
import dev.tandem.doctor.MachineFacts.SitePart;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.MachineHeard;
import dev.tandem.observe.Placement;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.SiteFit;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A site on two machines, m1 with haproxy-a and m2 with haproxy-b, as `doctor` may find it.
/// Initially all is well; each method changes one thing.
public final class MachinesCase {
    private static final Site SITE = Sample.spread();
    private static final long GIB = 1L << 30;
    private static final String VIP = "192.168.0.150";

    private static final KernelSeen KERNEL =
            KernelSeen.parse(
                    """
                    release=6.12.9
                    build=#1 SMP
                    clock=kept
                    macvlan=yes
                    socket_wildcard=yes
                    dup=yes
                    """);

    private final Map<String, Unreachable> silent = new HashMap<>();
    private final Map<String, Crash> crash = new HashMap<>();
    private final Map<String, String> version = new HashMap<>();
    private final Map<String, Duration> ahead = new HashMap<>();
    private final Map<String, String> images = new HashMap<>();
    private final Map<String, String> lan = new HashMap<>();
    private final Map<String, String> unseen = new HashMap<>();
    private final Map<String, Long> free = new HashMap<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final TreeMap<String, String> heard = new TreeMap<>();
    private boolean running = true;

    public MachinesCase() {
        lan.put("m1", lan("192.168.0.12", "192.168.0.152"));
        lan.put("m2", lan("192.168.0.11", "192.168.0.151"));
        heard("haproxy-a", "192.168.0.152 152 3 250 127.0.77.1");
        heard("haproxy-b", "192.168.0.151 150 3 254 " + VIP);
    }

    private static String lan(String host, String node) {
        return """
        mtu 1500
        own %1$s yes
        other %1$s yes
        other %2$s yes
        size %1$s 1500
        """
                .formatted(host, node);
    }

    public MachinesCase silent(String machine, Unreachable.Why why, String seen, String next) {
        silent.put(machine, new Unreachable(machine, why, seen, next));
        return this;
    }

    MachinesCase crash(String machine, Crash other) {
        crash.put(machine, other);
        return this;
    }

    MachinesCase engine(String machine, String other) {
        version.put(machine, other);
        return this;
    }

    public MachinesCase ahead(String machine, Duration by) {
        ahead.put(machine, by);
        return this;
    }

    MachinesCase image(String machine, String id) {
        images.put(machine, id);
        return this;
    }

    /// In what the machine said of the LAN, one thing becomes another one.
    MachinesCase lan(String machine, String regex, String other) {
        lan.computeIfPresent(machine, (_, text) -> text.replaceAll(regex, other));
        return this;
    }

    MachinesCase filter(String machine, String ruleset) {
        lan.computeIfPresent(
                machine,
                (_, text) ->
                        text
                                + ruleset.lines()
                                        .map(l -> "nft " + l + "\n")
                                        .reduce("", String::concat));
        return this;
    }

    MachinesCase lanUnknown(String machine, String reason) {
        unseen.put(machine, reason);
        return this;
    }

    MachinesCase free(String machine, long bytes) {
        free.put(machine, bytes);
        return this;
    }

    MachinesCase obstacle(String key, String what, String hint) {
        obstacles.add(new Obstacle(key, what, hint));
        return this;
    }

    MachinesCase heard(String listener, String text) {
        heard.put(listener, text);
        return this;
    }

    /// The site was never brought up.
    MachinesCase absent() {
        running = false;
        heard.clear();
        return this;
    }

    /// The resulting facts.
    public MachinesFacts facts() {
        SequencedMap<String, MachineFacts> machines = new LinkedHashMap<>();
        machines.put("m1", machine("m1", "haproxy-a"));
        machines.put("m2", machine("m2", "haproxy-b"));
        SitePlace place = SitePlace.beside(Path.of("/srv/site"), SITE);
        return new MachinesFacts(
                new MachineSeen(DoctorCase.NOW, true, Optional.empty(), List.of()),
                new Answer.Known<>(Optional.of("2.26.1")),
                machines,
                new SiteParts(place, machines)
                        .seen(
                                new Answer.Known<>(snapshot()),
                                new Answer.Known<>(List.of()),
                                new Answer.Known<>(List.of()),
                                List.of()));
    }

    Diagnosis diagnosis() {
        return Diagnosis.of(facts(), Optional.empty());
    }

    private MachineFacts machine(String name, String balancer) {
        Unreachable why = silent.get(name);
        if (why != null) {
            return new MachineFacts.Silent(why);
        }
        EngineInfo info =
                new EngineInfo(
                        version.getOrDefault(name, "20.10.24"),
                        "/var/lib/docker",
                        4,
                        8 * GIB,
                        "",
                        crash.getOrDefault(name, Crash.GO_ON),
                        List.of());
        Duration off = ahead.getOrDefault(name, Duration.ofMillis(3));
        Ip4 address = Ip4.parse(name.equals("m1") ? "192.168.0.11" : "192.168.0.12").orElseThrow();
        Lan.Macvlan macvlan = new Lan.Macvlan("ens33", Optional.empty(), Optional.of(address));
        return new Answered(
                info,
                Optional.of(new ClockSeen(off, Duration.ofMillis(40))),
                new Answer.Known<>(
                        new SiteFit(
                                Optional.of(macvlan),
                                name.equals("m1") ? List.copyOf(obstacles) : List.of())),
                inside(name, balancer));
    }

    private Inside inside(String name, String balancer) {
        TreeMap<String, Answer<List<Advert>>> adverts = new TreeMap<>();
        String text = heard.get(balancer);
        if (text != null) {
            adverts.put(balancer, new Answer.Known<>(Advert.parse(text)));
        }
        String reason = unseen.get(name);
        Answer<LanSeen> seen =
                reason != null
                        ? new Answer.Unknown<>(reason)
                        : new Answer.Known<>(LanSeen.parse(Objects.requireNonNull(lan.get(name))));
        return new Inside(
                new KernelLook(new Answer.Known<>(List.of()), new Answer.Known<>(KERNEL)),
                new Answer.Known<>(
                        new Room(
                                free.getOrDefault(name, 20 * GIB),
                                100 * GIB,
                                1_000_000,
                                10_000_000)),
                new Answer.Known<>(
                        running
                                ? Map.of(
                                        "tandem/balancer:1",
                                        images.getOrDefault(name, "sha256:0123456789abcdef"))
                                : Map.of()),
                seen,
                running ? Optional.of(balancer) : Optional.empty(),
                new Answer.Known<>(List.of()),
                new Answer.Known<>(List.of()),
                new SitePart(List.of(), adverts, new TreeMap<>()));
    }

    private Snapshot snapshot() {
        SequencedMap<String, MachineHeard> machines = new LinkedHashMap<>();
        Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
        Map<String, dev.tandem.docker.Container> containers = new LinkedHashMap<>();
        Map.of("m1", "haproxy-a", "m2", "haproxy-b").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> {
                    Unreachable why = silent.get(one.getKey());
                    if (why != null) {
                        machines.put(
                                one.getKey(),
                                new MachineHeard.Silent(why.why().word(), why.seen(), why.next()));
                        balancers.put(one.getValue(), new BalancerSeen.Silent("m is silent"));
                        return;
                    }
                    var container = Sample.container(one.getValue(), "running", "1");
                    machines.put(
                            one.getKey(),
                            new MachineHeard.Answered(running ? List.of(container) : List.of()));
                    if (running) {
                        containers.put(one.getValue(), container);
                    }
                    balancers.put(
                            one.getValue(),
                            !running
                                    ? new BalancerSeen.Silent("not running")
                                    : one.getKey().equals("m1")
                                            ? Sample.master()
                                            : Sample.backup());
                });
        return new Snapshot(
                containers,
                balancers,
                Map.of(),
                Optional.empty(),
                Map.of(),
                new Placement(SITE.places(), machines));
    }
}
