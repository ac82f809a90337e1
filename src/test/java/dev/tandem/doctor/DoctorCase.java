package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.docker.Container;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.EngineInfo.Crash;
import dev.tandem.docker.Member;
import dev.tandem.docker.Room;
import dev.tandem.docker.Where;
import dev.tandem.doctor.Facts.Leftover;
import dev.tandem.doctor.InsideSeen.LookUp;
import dev.tandem.doctor.MachineSeen.Disk;
import dev.tandem.doctor.MachineSeen.Need;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.InitSeen;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The customer's site and its machine as `doctor` may find them. Initially all is well; each
/// method changes one thing.
public final class DoctorCase {
    static final String MAC_A = Sample.MAC_A;
    static final String MAC_B = Sample.MAC_B;
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long GIB = 1L << 30;

    private Site site = customers();
    private final List<String> warnings = new ArrayList<>();
    private final List<Disk> disks = new ArrayList<>();
    private final Map<String, String> kernel = new HashMap<>();
    private final List<String> openFaults = new ArrayList<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private final List<String> endlessLogs = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private Answer<List<ImageSeen>> images = new Answer.Known<>(List.of());
    private final List<CertificateSeen> certificates = new ArrayList<>();
    private final Map<String, Container> containers = new HashMap<>();
    private final Map<String, BalancerSeen> balancers = new HashMap<>();
    private final TreeMap<String, Answer<List<Advert>>> heard = new TreeMap<>();
    private final TreeMap<String, Answer<InsideSeen>> inside = new TreeMap<>();
    private String version = "20.10.24";
    private Optional<String> compose = Optional.of("2.26.1");
    private int processors = 4;
    private Duration ahead = Duration.ZERO;
    private boolean iptables = true;
    private Crash crash = Crash.GO_ON;
    private Optional<String> silence = Optional.empty();
    private Optional<Instant> written = Optional.of(NOW.minusSeconds(3600));
    private Answer<List<String>> lacking = new Answer.Known<>(List.of());
    private Answer<List<Obstacle>> taken = new Answer.Known<>(List.of());
    private Lan lan = new Lan.Bridge();

    /// All is well.
    public DoctorCase() {
        disk(Need.SITE, 20 * GIB, 1_000_000);
        disk(Need.ENGINE, 20 * GIB, 1_000_000);
        kernel.putAll(Map.of("release", "6.12.9", "build", "#1 SMP", "clock", "kept"));
        kernel.putAll(Map.of("socket_wildcard", "yes", "dup", "yes", "macvlan", "yes"));
        member("tandem-haproxy-a", MAC_A, "192.168.0.151");
        member("tandem-haproxy-b", MAC_B, "192.168.0.152");
        certificate("balancer/site.pem", "2028-01-01T00:00:00Z");
        certificate("ca.pem", "2036-01-01T00:00:00Z");
        seen("haproxy-a", MAC_A, Vrrp.MASTER, List.of());
        seen("haproxy-b", MAC_B, Vrrp.BACKUP, List.of(MAC_A));
        heard("haproxy-a", "192.168.0.152 152 3 250 127.0.77.1");
        heard(
                "haproxy-b",
                "192.168.0.151 150 3 254 192.168.0.150\n192.168.0.151 151 3 250 127.0.77.1");
        inside("haproxy-a", 1, 2);
        inside("haproxy-b", 1, 2);
    }

    DoctorCase engine(String other) {
        version = other;
        return this;
    }

    DoctorCase compose(Optional<String> other) {
        compose = other;
        return this;
    }

    /// No engine answers.
    public DoctorCase silentEngine() {
        silence = Optional.of("Docker did not answer: Cannot connect to the Docker daemon");
        return this;
    }

    DoctorCase silentEngine(String reason) {
        silence = Optional.of(reason);
        return this;
    }

    DoctorCase warning(String text) {
        warnings.add(text);
        return this;
    }

    DoctorCase withoutIptables() {
        iptables = false;
        return this;
    }

    DoctorCase crash(Crash other) {
        crash = other;
        return this;
    }

    DoctorCase ahead(Duration by) {
        ahead = by;
        return this;
    }

    DoctorCase processors(int count) {
        processors = count;
        return this;
    }

    DoctorCase disk(Need need, long free, long freeFiles) {
        disks.removeIf(disk -> disk.need() == need);
        Room room = new Room(free, 100 * GIB, freeFiles, 10_000_000);
        String path = need == Need.SITE ? "/srv/site" : "/var/lib/docker";
        disks.add(new Disk(path, need, new Answer.Known<>(room)));
        return this;
    }

    DoctorCase kernel(String key, String value) {
        kernel.put(key, value);
        return this;
    }

    DoctorCase lacking(String... capabilities) {
        lacking = new Answer.Known<>(List.of(capabilities));
        return this;
    }

    DoctorCase written(Instant at) {
        written = Optional.of(at);
        return this;
    }

    DoctorCase openFault(String name) {
        openFaults.add(name);
        return this;
    }

    DoctorCase endlessLogs(String... containers) {
        endlessLogs.addAll(List.of(containers));
        return this;
    }

    DoctorCase leftover(String project, String directory, String... names) {
        leftovers.add(new Leftover(project, directory, List.of(names)));
        return this;
    }

    DoctorCase obstacle(String key, String what, String hint) {
        obstacles.add(new Obstacle(key, what, hint));
        return this;
    }

    DoctorCase on(Lan other) {
        lan = other;
        return this;
    }

    DoctorCase lanNotAsked(String reason) {
        taken = new Answer.Unknown<>(reason);
        return this;
    }

    public DoctorCase member(String container, String mac, String address) {
        members.add(new Member(container, mac, address));
        return this;
    }

    DoctorCase certificate(String file, String ends) {
        return certificate(file, "2026-01-01T00:00:00Z", ends);
    }

    DoctorCase certificate(String file, String begins, String ends) {
        certificates.removeIf(one -> one.file().equals(file));
        certificates.add(
                new CertificateSeen.Dated(file, Instant.parse(begins), Instant.parse(ends)));
        return this;
    }

    DoctorCase brokenCertificate(String file, String how) {
        certificates.removeIf(one -> one.file().equals(file));
        certificates.add(new CertificateSeen.Unreadable(file, how));
        return this;
    }

    /// A balancer that is running and answers.
    public DoctorCase seen(String name, String mac, Vrrp vrrp, List<String> arp) {
        container(name, "running");
        boolean holds = vrrp == Vrrp.MASTER;
        balancers.put(
                name,
                new BalancerSeen.Answered(
                        vrrp,
                        "",
                        true,
                        holds,
                        mac,
                        arp,
                        Loaded.UNKNOWN,
                        Standing.UNKNOWN,
                        List.of()));
        return this;
    }

    /// A file system of the backup, and how full it is.
    DoctorCase disk(String path, int percent) {
        seen("haproxy-b", MAC_B, Vrrp.BACKUP, List.of(MAC_A));
        InitSeen init =
                new InitSeen(
                        Optional.empty(),
                        List.of(),
                        List.of(new InitSeen.Disk(path, percent)),
                        List.of());
        return stands("haproxy-b", standing -> standing.withInit(init));
    }

    /// The VIP is on this interface of a balancer.
    DoctorCase holds(String name, String device) {
        Standing.Address address = new Standing.Address(device, "192.168.0.150/32");
        return stands(
                name,
                standing ->
                        new Standing(
                                standing.duty(),
                                standing.workers(),
                                List.of(address),
                                standing.init()));
    }

    /// The init of a balancer has not run for so long.
    DoctorCase stopped(String name, Duration age) {
        return stands(name, standing -> standing.withInit(InitSeen.UNKNOWN.withTurnAge(age)));
    }

    private DoctorCase stands(String name, UnaryOperator<Standing> change) {
        BalancerSeen.Answered one = (BalancerSeen.Answered) seenOf(name);
        Standing standing = change.apply(one.standing());
        boolean holds =
                one.holdsVip()
                        || standing.addresses().stream().anyMatch(a -> !a.device().equals("lo"));
        balancers.put(
                name,
                new BalancerSeen.Answered(
                        one.vrrp(),
                        one.since(),
                        one.serving(),
                        holds,
                        one.mac(),
                        one.arp(),
                        one.loaded(),
                        standing,
                        one.servers()));
        return this;
    }

    private BalancerSeen seenOf(String name) {
        return Objects.requireNonNull(balancers.get(name));
    }

    DoctorCase silent(String name, String state) {
        container(name, state);
        balancers.put(name, new BalancerSeen.Silent("no answer within 3 s"));
        return this;
    }

    private void container(String name, String state) {
        String whole = "tandem-" + name;
        containers.put(
                name, new Container(whole, name, state, "", "", "tandem", "/srv", "balancer", ""));
    }

    /// What one listener heard on the LAN, as `vrrp-listen` prints it.
    public DoctorCase heard(String listener, String text) {
        heard.put(listener, new Answer.Known<>(Advert.parse(text)));
        return this;
    }

    DoctorCase notHeard(String listener, String reason) {
        heard.put(listener, new Answer.Unknown<>(reason));
        return this;
    }

    DoctorCase inside(String name, int arpIgnore, int arpAnnounce) {
        return inside(
                name, new InsideSeen(arpIgnore, arpAnnounce, true, new LookUp(true, 2), Map.of()));
    }

    DoctorCase inside(String name, InsideSeen seen) {
        inside.put(name, new Answer.Known<>(seen));
        return this;
    }

    /// The site was never brought up.
    public DoctorCase absent() {
        containers.clear();
        members.clear();
        certificates.clear();
        heard.clear();
        inside.clear();
        balancers.replaceAll((name, seen) -> new BalancerSeen.Silent("not running"));
        return this;
    }

    /// The resulting facts.
    public Facts facts() {
        Answer<EngineSeen> engine =
                silence.<Answer<EngineSeen>>map(Answer.Unknown::new)
                        .orElseGet(() -> new Answer.Known<>(engine()));
        return new Facts(
                new MachineSeen(NOW, false, written, disks),
                engine,
                lacking,
                new Answer.Known<>(new KernelSeen(kernel)),
                new Answer.Known<>(leftovers),
                new Answer.Known<>(endlessLogs),
                Optional.of(site()));
    }

    private EngineSeen engine() {
        String clock = "2026-11-22T12:00:00Z";
        EngineInfo info =
                new EngineInfo(
                        version, "/var/lib/docker", processors, 8 * GIB, clock, crash, warnings);
        return new EngineSeen(info, compose, Where.HERE, ahead, iptables);
    }

    /// The same facts about another site.
    DoctorCase of(Site other) {
        site = other;
        return this;
    }

    private SiteSeen site() {
        return new SiteSeen(
                site,
                Optional.of(lan),
                new Answer.Known<>(obstacles),
                taken,
                new Answer.Known<>(new Snapshot(containers, balancers)),
                members,
                heard,
                inside,
                new Answer.Known<>(certificates),
                images,
                openFaults);
    }

    /// The CA of a site that 0.1.0 brought up.
    DoctorCase unlimitedAuthority() {
        certificates.add(
                new CertificateSeen.Dated(
                        "ca.pem",
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(3000)),
                        CertificateSeen.Signs.ANYTHING));
        return this;
    }

    /// An image of the site, made ten days ago.
    DoctorCase image(Updates updates) {
        Instant made = NOW.minus(Duration.ofDays(10));
        images =
                new Answer.Known<>(
                        List.of(
                                new ImageSeen(
                                        "tandem/web:1", Optional.of(made), Optional.of(updates))));
        return this;
    }

    static Site customers() {
        return Sample.serving(Sample.site(), List.of(Sample.own("web-a", "172.20.0.2")));
    }
}
