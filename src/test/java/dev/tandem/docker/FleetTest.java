package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Which engine a command for a node goes to.
class FleetTest {
    private static final String HEAD = "vip: {address: 192.168.0.150, interface: ens33}\n";
    private static final String NODES = "balancers: {a: , b: }\nservers: {x: , y: }\n";
    private static final String MACHINES =
            """
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: "root@rack-2:2222"}
            """;

    private final FakeEngine own = new FakeEngine(new FakeTime());
    private final FakeEngine one = new FakeEngine(new FakeTime());
    private final FakeEngine other = new FakeEngine(new FakeTime());
    private final List<String> opened = new ArrayList<>();

    private static Site site(String file) {
        byte[] content = file.getBytes(StandardCharsets.UTF_8);
        return ((Reading.Good) SiteReader.read("tandem.yaml", content, new FakeSurroundings()))
                .site();
    }

    private Fleet fleet(Map<String, Reached> ways) {
        return new Fleet(
                own,
                machine -> {
                    synchronized (opened) {
                        opened.add(machine.name());
                    }
                    return Objects.requireNonNull(ways.get(machine.name()));
                });
    }

    private Fleet fleet() {
        return fleet(Map.of("m1", new Reached.Direct(one), "m2", new Reached.Direct(other)));
    }

    @Test
    void aCommandForANodeGoesToItsMachineAlone() {
        try (Fleet fleet = fleet()) {
            SiteEngines engines = fleet.of(site(HEAD + MACHINES + NODES));
            engines.of("a").unpause("tandem-a");
            engines.of("y").unpause("tandem-y");
        }
        assertThat(one.log()).containsExactly("docker unpause tandem-a");
        assertThat(other.log()).containsExactly("docker unpause tandem-y");
        assertThat(own.log()).isEmpty();
    }

    @Test
    void withoutMachinesThereIsTheEngineOfTheUser() {
        try (Fleet fleet = fleet()) {
            SiteEngines engines = fleet.of(site(HEAD + NODES));
            assertThat(engines.machines()).isEmpty();
            assertThat(engines.only()).isPresent();
            engines.of("a").unpause("tandem-a");
            engines.of("y").unpause("tandem-y");
        }
        assertThat(own.log()).hasSize(2);
        assertThat(opened).isEmpty();
    }

    @Test
    void overMachinesThereIsNoEngineThatCouldBeMeantForAll() {
        try (Fleet fleet = fleet()) {
            assertThat(fleet.of(site(HEAD + MACHINES + NODES)).only()).isEmpty();
        }
    }

    @Test
    void whatIsNoNodeIsNotGuessed() {
        try (Fleet fleet = fleet()) {
            SiteEngines engines = fleet.of(site(HEAD + MACHINES + NODES));
            assertThatIllegalArgumentException().isThrownBy(() -> engines.of("lan-route"));
            assertThatIllegalArgumentException().isThrownBy(() -> engines.on("m3"));
        }
    }

    @Test
    void aSilentMachineStopsWhoNeedsItAndNobodyElse() {
        Unreachable off = new Unreachable("m1", Unreachable.Why.OFF, "it is off", "ping m1");
        try (Fleet fleet = fleet(Map.of("m1", off, "m2", new Reached.Direct(other)))) {
            SiteEngines engines = fleet.of(site(HEAD + MACHINES + NODES));
            assertThat(engines.trouble("m1")).contains(off);
            assertThat(engines.trouble("m2")).isEmpty();
            assertThatThrownBy(() -> engines.of("x"))
                    .isInstanceOfSatisfying(
                            Stop.class, stop -> assertThat(stop.next()).isEqualTo("ping m1"));
            engines.of("y").unpause("tandem-y");
        }
        assertThat(one.log()).isEmpty();
        assertThat(other.log()).hasSize(1);
    }

    @Test
    void aMachineThatGoesAwayMeanwhileIsFoundByAskingAndLeftOutFromThenOn() {
        try (Fleet fleet = fleet()) {
            SiteEngines engines = fleet.of(site(HEAD + MACHINES + NODES));
            assertThat(engines.lost()).isEmpty();
            other.meets(Trouble.failing("docker version", "Cannot connect to the Docker daemon"));
            assertThat(engines.lost())
                    .singleElement()
                    .satisfies(why -> {
                        assertThat(why.machine()).isEqualTo("m2");
                        assertThat(why.why()).isEqualTo(Unreachable.Why.ENGINE_DOWN);
                    });
            SiteEngines left = engines.without(engines.lost());
            assertThat(left.away()).containsExactly("m2");
            assertThat(left.machines()).containsExactly("m1", "m2");
            assertThat(left.lost()).isEmpty();
        }
    }

    @Test
    void aMachineIsOpenedOnceForAVerb() {
        try (Fleet fleet = fleet()) {
            fleet.of(site(HEAD + MACHINES + NODES)).of("a").unpause("tandem-a");
            fleet.of(site(HEAD + MACHINES + NODES)).of("a").unpause("tandem-a");
        }
        assertThat(opened).containsExactlyInAnyOrder("m1", "m2");
    }

    @Test
    void sshIsToldThePortOnlyIfItIsNotTheUsualOne() {
        assertThat(Fleet.remote("m1", new Reach.Ssh("root", "192.168.0.11", 22)))
                .isEqualTo(new Remote("m1", "root@192.168.0.11"));
        assertThat(Fleet.remote("m2", new Reach.Ssh("root", "rack-2", 2222)))
                .isEqualTo(new Remote("m2", "ssh://root@rack-2:2222"));
    }

    /// The option wins over the user's DOCKER_HOST, which a variable would not.
    @Test
    void aContextIsNamedInEachCommandOfDocker() {
        List<Command> run = new ArrayList<>();
        Runner processes =
                new Runner() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        run.add(command);
                        return new Output(0, "", "");
                    }

                    @Override
                    public Following follow(Command command, Path file) {
                        throw new UnsupportedOperationException();
                    }
                };
        InContext there = new InContext("rack", processes);
        Command ps = Command.of(Duration.ofSeconds(7), List.of("docker", "ps")).with("A", "b");
        there.run(ps);
        there.run(Command.of(Duration.ofSeconds(7), List.of("id")));

        assertThat(run.getFirst().toString()).isEqualTo("docker --context rack ps");
        assertThat(run.getFirst().environment()).isEqualTo(Map.of("A", "b"));
        assertThat(run.getLast().toString()).isEqualTo("id");
        assertThat(there.where()).isEqualTo(Where.ELSEWHERE);
    }

    @Test
    void whereNoEngineAnswersUpIsWhatToTypeUnlessTheSiteLeaves() {
        own.meets(Trouble.failing("docker version", "Cannot connect to the Docker daemon"));
        Site site = site(HEAD + "machines: {m1: here, m2: {context: rack}}\n" + NODES);
        try (Fleet fleet = new Fleet(own)) {
            assertThat(fleet.of(site).trouble("m1").orElseThrow().next()).isEqualTo("tandem up");
            assertThat(fleet.of(site).trouble("m2").orElseThrow().next())
                    .as("up does not come there")
                    .isEqualTo("docker --context rack info");
        }
        Unreachable none = new Unreachable("m3", Unreachable.Why.NO_ENGINE, "no socket", "?");
        try (Fleet fleet = fleet(Map.of("m1", none, "m2", none, "m3", none))) {
            Site left = site(HEAD + "machines: {m3: {ssh: root@m3}, m4: here}\n" + NODES);
            Site now = site(HEAD + MACHINES + NODES);
            fleet.leaving(now.name(), List.of(left.machines().getFirst()));
            assertThat(fleet.of(now).trouble("m3").orElseThrow().next()).contains("--gone m3");
        }
    }

    @Test
    void aMachineIsReachedAnewWhenSomethingWasDoneAboutIt() {
        try (Fleet fleet = fleet()) {
            Site site = site(HEAD + MACHINES + NODES);
            fleet.of(site).of("a").unpause("tandem-a");
            fleet.again(site.machines().getFirst());
            fleet.of(site).of("a").unpause("tandem-a");
        }
        assertThat(opened).containsExactlyInAnyOrder("m1", "m2", "m1");
    }

    @Test
    void hereIsTheEngineOfTheUser() {
        String machines = "machines: {m1: here, m2: {context: rack}}\n";
        Site site = site(HEAD + machines + NODES);
        assertThat(site.machines().stream().map(Machine::reach))
                .containsExactly(new Reach.Here(), new Reach.Context("rack"));
        try (Fleet fleet = new Fleet(own)) {
            fleet.of(site).of("a").unpause("tandem-a");
        }
        assertThat(own.log())
                .filteredOn(line -> !line.startsWith("docker version ")) // whether it answers
                .containsExactly("docker unpause tandem-a");
    }
}
