package dev.tandem.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Fleet;
import dev.tandem.docker.NodesOf;
import dev.tandem.docker.Output;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Unreachable;
import dev.tandem.docker.Unreachable.Why;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.drill.Obstacles;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.journal.Company;
import dev.tandem.drill.journal.Injection;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults that strike a machine of a site as a whole: which one, what is in the way, and the heal.
class MachineFaultsTest {
    private static final Faults FAULTS = Faults.known();

    private static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150, interface: ens33}
            machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}}
            """;

    private static final Site SITE =
            ((Reading.Good)
                            SiteReader.read(
                                    "tandem.yaml",
                                    FILE.getBytes(StandardCharsets.UTF_8),
                                    new FakeSurroundings()))
                    .site();

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// So often it is asked in vain, a few times in a second.
    private static final int MANY = 4000;

    @TempDir private Path directory;

    private final FakeTime time = new FakeTime();
    private final FakeEngine local = new FakeEngine(time);
    private final FakeEngine first = new FakeEngine(time);
    private final FakeEngine second = new FakeEngine(time);
    private final Map<String, Reached> ways =
            new HashMap<>(
                    Map.of("m1", new Reached.Direct(first), "m2", new Reached.Direct(second)));

    private Ground ground() {
        Fleet fleet = new Fleet(local, machine -> Objects.requireNonNull(ways.get(machine.name())));
        return new Ground(
                "shop",
                "image",
                nodes("haproxy-a", "haproxy-b"),
                nodes("web-a", "web-b"),
                new NodesOf(fleet, time.await(), CLOCK).of(SITE));
    }

    private static List<Node> nodes(String... names) {
        return Stream.of(names).map(name -> new Node(name, "shop-" + name, List.of())).toList();
    }

    private static Fault fault(String word) {
        return FAULTS.named(word).orElseThrow();
    }

    private void has(FakeEngine engine, String states, String others) {
        engine.meets(Trouble.answering("State.Status", new Output(0, states + "\n", "")));
        engine.meets(Trouble.answering("ps --all.*label", new Output(0, "", "")));
        engine.meets(Trouble.answering("ps --all", new Output(0, others, "")));
        engine.meets(Trouble.answering("inspect", new Output(0, "network=x\npid=\nrm=false", "")));
        engine.meets(Trouble.answering("docker start", new Output(0, "", "")));
    }

    private void isReady() {
        local.meets(
                Trouble.answering("echo tandem", new Output(0, "tandem root 0 yes yes yes\n", "")));
        local.meets(Trouble.answering("setsid ssh", new Output(0, "", "")));
    }

    @Test
    void aMachineIsNamedOrItIsThatOfTheMaster() {
        assertThat(fault("machine-reboot").what(ground()))
                .isEqualTo(
                        "reboot m1 (root@192.168.0.11), with all that runs on it:"
                                + " shop-haproxy-a shop-web-a");
        assertThat(fault("machine-reboot").what(ground().heldBy("haproxy-b"))).contains("m2");
        assertThat(fault("machine-reboot=m2").what(ground())).contains("shop-haproxy-b shop-web-b");
        assertThat(fault("engine-kill=m2").what(ground()))
                .startsWith("kill the Docker engine of m2 (root@192.168.0.12); ");
    }

    /// The journal and the directory of a run keep only the name.
    @Test
    void itIsFoundAgainByItsName() {
        assertThat(fault("machine-reboot=m2").name()).isEqualTo("machine-reboot-m2");
        assertThat(fault("machine-reboot-m2")).isEqualTo(fault("machine-reboot=m2"));
        assertThat(fault("engine-kill-m2")).isEqualTo(fault("engine-kill=m2"));
        assertThat(FAULTS.named("engine-restart=m2")).isEmpty();
        assertThat(FAULTS.named("machine-reboot=")).isEmpty();
    }

    @Test
    void itIsRefusedWhereThereIsNoSuchMachine() {
        assertThat(fault("machine-reboot=m9").obstacle(ground()))
                .contains("the site has no machine m9, but m1, m2");
        assertThat(fault("machine-reboot").obstacle(Grounds.customers()))
                .contains("the site names no machines in its file");
        assertThat(fault("engine-kill=m1").obstacle(Grounds.customers()))
                .contains("the site names no machines in its file");
        assertThat(fault("engine-restart").obstacle(ground()).orElse(""))
                .contains("engine-kill=MACHINE");
    }

    /// What it loses of its own would count as lost by the site.
    @Test
    void whoSendsTheLoadIsNotStruck() {
        isReady();
        has(first, "running", "shop-haproxy-a\nshop-web-a\n");
        has(second, "running", "shop-haproxy-b\nshop-web-b\n");
        List<Fault> faults =
                List.of(fault("machine-reboot"), fault("engine-kill=m2"), fault("web-kill"));
        Obstacles.check(faults, ground(), Optional.empty());
        refused(faults, "m1", "machine-reboot: it strikes m1, from which the load is sent");
        refused(faults, "m2", "engine-kill-m2: it strikes m2, from which the load is sent");
    }

    private void refused(List<Fault> faults, String from, String why) {
        assertThatThrownBy(() -> Obstacles.check(faults, ground(), Optional.of(from)))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.seen().lines())
                                    .singleElement()
                                    .asString()
                                    .startsWith(why);
                        });
    }

    /// Those of other machines are no obstacle.
    @Test
    void containersOfOthersOnThatMachineAreSpared() {
        isReady();
        has(first, "running", "shop-haproxy-a\nshop-web-a\n");
        has(second, "running", "shop-haproxy-b\nshop-web-b\nstranger\n");
        assertThat(fault("machine-reboot").obstacle(ground())).isEmpty();
        assertThat(fault("machine-reboot=m2").obstacle(ground()).orElse(""))
                .startsWith("it would hit other containers too: stranger (");
        assertThat(fault("engine-kill=m2").obstacle(ground()).orElse("")).contains("stranger");
    }

    /// Other heals have a minute.
    @Test
    void theHealWaitsLongerThanUsualForAMachine() {
        isReady();
        has(first, "running", "");
        second.meets(Trouble.failing("docker version", "gone").after(3).times(MANY));
        has(second, "running", "");
        Instant begin = time.clock().instant();
        Injection.begin(fault("machine-reboot=m2"), ground(), journal(), Company.ALONE).close();
        assertThat(Duration.between(begin, time.clock().instant()))
                .isGreaterThan(PATIENCE.multipliedBy(2));
        assertThat(journal().entries(ground().nodes())).isEmpty();
    }

    /// The next call gives it a minute, and what it cannot heal stays written down.
    @Test
    void whatIsStillAwayStaysInTheJournal() {
        OpenFaults journal = journal();
        journal.open(fault("machine-reboot=m2"), ground(), Company.ALONE);
        journal.abandoned("machine-reboot-m2");
        ways.put("m2", new Unreachable("m2", Why.OFF, "it is off", "ping"));
        assertThatThrownBy(() -> journal.healAll(ground().nodes()))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop).hasMessage("machine-reboot-m2 could not be healed");
                            assertThat(stop.seen())
                                    .isEqualTo("after 60 s: m2 is not back: it is off");
                        });

        isReady();
        has(second, "running", "");
        ways.put("m2", new Reached.Direct(second));
        assertThat(journal.healAll(ground().nodes())).containsExactly("machine-reboot-m2");
        assertThat(journal.entries(ground().nodes())).isEmpty();
    }

    private OpenFaults journal() {
        return new OpenFaults(directory, FAULTS, PATIENCE, CLOCK);
    }

    /// As another process does after the drill was killed: nothing is remembered.
    @Test
    void theHealWaitsForTheMachineAndStartsWhatDidNotComeBack() {
        Fault reboot = fault("machine-reboot=m2");
        ways.put("m2", new Unreachable("m2", Why.OFF, "it is off", "ping"));
        Ground ground = ground();
        reboot.heal(ground);
        assertThat(reboot.unhealed(ground)).contains("m2 is not back: it is off");

        isReady();
        has(second, "exited", "");
        ways.put("m2", new Reached.Direct(second));
        assertThat(reboot.unhealed(ground).orElse(""))
                .isEqualTo("shop-haproxy-b does not run, shop-web-b does not run");
        reboot.heal(ground);
        assertThat(second.log()).contains("docker start shop-haproxy-b", "docker start shop-web-b");
        assertThat(first.log()).isEmpty();
    }
}
