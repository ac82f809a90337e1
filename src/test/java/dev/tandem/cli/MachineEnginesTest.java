package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.change.carry.Away;
import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.FarSetup;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Unreachable;
import dev.tandem.docker.Unreachable.Why;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// When `up` asks, refuses and goes ahead on machines without an engine. What is said there is made
/// up; what the script and ssh really say: `MachineAwayTest`.
class MachineEnginesTest {
    private static final Site SITE =
            site(
                    """
                    vip: {address: 192.168.0.150, interface: ens33}
                    machines:
                      m1: {ssh: root@192.168.0.11}
                      m2: {ssh: "bob@rack-2:2222"}
                    balancers: {a: {machine: m1}, b: {machine: m2}}
                    servers: {x: {machine: m1}, y: {machine: m2}}
                    """);

    private static final String STEPS =
            """
            as root root
            step install the Docker engine (docker.io) and iptables with apt-get
            step start the Docker engine
            """;

    private static final String SHOWN =
            """
            Authorized users only.
            setup/engine: /etc/docker/daemon.json is to be, a new file:
              {
            """;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Map<String, Reached> ways = new TreeMap<>();
    private final Map<String, Output> looks = new TreeMap<>();
    private final Map<String, Output> ends = new TreeMap<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private boolean agreed = true;

    private static Site site(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        return ((Reading.Good) reading).site();
    }

    /// This machine: it has a client, and its ssh leads to the others.
    private final class Local implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            if (command.argv().getFirst().equals("docker")) {
                return new Output(0, "2.30.0\n", "");
            }
            String there = command.argv().get(command.argv().size() - 2);
            String name = there.contains("rack-2") ? "m2" : "m1";
            if (command.argv().getLast().contains("--look")) {
                return looks.getOrDefault(name, new Output(0, STEPS, SHOWN));
            }
            done.add(name);
            SHOWN.lines().skip(1).forEach(line);
            line.accept("setup/engine: starting the Docker engine");
            Output end = ends.getOrDefault(name, new Output(0, "", ""));
            if (end.ok()) {
                ways.put(name, answers());
            }
            return end;
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new UnsupportedOperationException();
        }
    }

    private static Reached answers() {
        return new Reached.Direct(new FakeEngine(new FakeTime()));
    }

    private void isWithoutEngine(String machine, Why why) {
        ways.put(machine, new Unreachable(machine, why, "nobody answers at it", "tandem up"));
    }

    private Reached way(Machine machine) {
        return ways.getOrDefault(machine.name(), answers());
    }

    private Fleet fleet() {
        return new Fleet(new Local(), this::way);
    }

    private MachineEngines engines(Fleet fleet, boolean terminal) {
        PrintStream all = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console =
                terminal
                        ? new Console(
                                all,
                                question -> {
                                    asked.add(question);
                                    return agreed;
                                })
                        : new Console(all, all, Console.Style.LINES);
        Runner local = new Local();
        Path home = Path.of("/srv/tandem");
        EngineSetup here = new EngineSetup(new Docker(local), local, home);
        return new MachineEngines(console, fleet, here, new FarSetup(local, home), home);
    }

    private Optional<ExitCode> ensure(EngineSetup.Consent consent, boolean terminal) {
        return ensure(consent, terminal, Away.NONE);
    }

    private Optional<ExitCode> ensure(EngineSetup.Consent consent, boolean terminal, Away away) {
        try (Fleet fleet = fleet()) {
            Optional<ExitCode> ended = engines(fleet, terminal).ensure(SITE, consent, away);
            if (ended.isEmpty() && away.equals(Away.NONE)) {
                assertThat(fleet.of(SITE).trouble("m1")).as("reached anew").isEmpty();
                assertThat(fleet.of(SITE).trouble("m2")).as("reached anew").isEmpty();
            }
            return ended;
        }
    }

    private Stop refused(EngineSetup.Consent consent, boolean terminal) {
        Stop stop = catchThrowableOfType(Stop.class, () -> ensure(consent, terminal));
        assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
        assertThat(stop.state()).isEqualTo("nothing was changed");
        assertThat(done).isEmpty();
        return stop;
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whereAllEnginesAnswerNothingIsAskedOrSaid() {
        assertThat(ensure(EngineSetup.Consent.TO_BE_ASKED, true)).isEmpty();
        assertThat(said()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void itSaysWhatItWouldDoAsksOnceAndDoesItOnAllThatLackOne() {
        isWithoutEngine("m1", Why.NO_ENGINE);
        isWithoutEngine("m2", Why.ENGINE_DOWN);
        looks.put("m2", new Output(0, "as sudo bob\nstep start the Docker engine\n", ""));
        assertThat(ensure(EngineSetup.Consent.TO_BE_ASKED, true)).isEmpty();
        assertThat(said())
                .contains(
                        """
                        m1 has no Docker engine that answers: nobody answers at it; to be done there, as root:
                          - install the Docker engine (docker.io) and iptables with apt-get
                          - start the Docker engine
                        m1: /etc/docker/daemon.json is to be, a new file:
                        m1:   {
                        m2 has no Docker engine that answers: nobody answers at it; to be done there, as bob by sudo:
                          - start the Docker engine
                        """)
                .contains("m1: starting the Docker engine\n", "m2: starting the Docker engine\n")
                .containsOnlyOnce("m1: /etc/docker/daemon.json is to be")
                .doesNotContain("Authorized users only");
        assertThat(asked).containsExactly("Do it?");
        assertThat(done).containsExactlyInAnyOrder("m1", "m2");
    }

    @Test
    void aNoIsRespected() {
        isWithoutEngine("m1", Why.NO_ENGINE);
        agreed = false;
        assertThat(ensure(EngineSetup.Consent.TO_BE_ASKED, true)).contains(ExitCode.REFUSED);
        assertThat(done).isEmpty();
    }

    @Test
    void whereNobodyCanBeAskedItIsRefusedUnlessTheAnswerWasGiven() {
        isWithoutEngine("m2", Why.ENGINE_DOWN);
        assertThat(refused(EngineSetup.Consent.TO_BE_ASKED, false).next())
                .isEqualTo("tandem up --yes");
        assertThat(ensure(EngineSetup.Consent.GIVEN, false)).isEmpty();
        assertThat(done).containsExactly("m2");
        assertThat(asked).isEmpty();
    }

    @Test
    void whoHasNoRootThereIsToldWhatToTypeAndNothingIsDoneAnywhere() {
        isWithoutEngine("m1", Why.NO_ENGINE);
        isWithoutEngine("m2", Why.NO_ENGINE);
        looks.put("m2", new Output(0, "as none bob\nstep start the Docker engine\n", ""));
        Stop stop = refused(EngineSetup.Consent.GIVEN, true);
        assertThat(stop).hasMessage("no Docker engine answers on m2, and bob has no root there");
        assertThat(stop.seen()).contains("  - start the Docker engine", "sudo");
        assertThat(stop.next())
                .isEqualTo(
                        "tar -C /srv/tandem -c setup | ssh ssh://bob@rack-2:2222 tar -x"
                                + " && ssh -t ssh://bob@rack-2:2222 sudo setup/engine --yes --user"
                                + " bob; then: tandem up");
    }

    @Test
    void whereTheScriptCanDoNothingItsReasonIsTold() {
        isWithoutEngine("m1", Why.NO_ENGINE);
        looks.put("m1", new Output(5, "as root root\n", "this is neither Debian nor Ubuntu\n"));
        assertThat(refused(EngineSetup.Consent.GIVEN, true).seen()).contains("neither Debian nor");
        looks.put("m1", new Output(Output.TIMED_OUT, "as root root\n", "did not finish\n"));
        assertThat(refused(EngineSetup.Consent.GIVEN, true).seen()).contains("did not finish");
        looks.put("m1", new Output(255, "", "Timeout, server m1 not responding.\n"));
        assertThat(refused(EngineSetup.Consent.GIVEN, true).seen()).contains("is gone");
    }

    @Test
    void anEngineThatOnlyTheMachineItselfReachesIsNotSetUp() {
        isWithoutEngine("m1", Why.ENGINE_DOWN);
        looks.put("m1", new Output(0, "as root root\nanswers 26.1.5\n", ""));
        Stop stop = refused(EngineSetup.Consent.GIVEN, true);
        assertThat(stop.seen()).contains("Docker engine 26.1.5 answers on m1 itself");
        assertThat(stop.next()).contains("AllowStreamLocalForwarding");
    }

    @Test
    void anEngineThatHasStartedMeanwhileIsGoneOnWith() {
        Unreachable down = new Unreachable("m1", Why.ENGINE_DOWN, "nobody", "tandem up");
        List<Reached> first = new ArrayList<>(List.of(down));
        looks.put("m1", new Output(0, "as root root\nanswers 26.1.5\n", ""));
        try (Fleet fleet =
                new Fleet(
                        new Local(),
                        machine ->
                                machine.name().equals("m1") && !first.isEmpty()
                                        ? first.removeFirst()
                                        : answers())) {
            assertThat(
                            engines(fleet, true)
                                    .ensure(SITE, EngineSetup.Consent.TO_BE_ASKED, Away.NONE))
                    .isEmpty();
        }
        assertThat(done).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aFailureNamesMachineReasonAndLog() {
        isWithoutEngine("m1", Why.NO_ENGINE);
        isWithoutEngine("m2", Why.NO_ENGINE);
        String why = "setup/engine: the Docker engine could not be installed\n";
        ends.put("m2", new Output(5, "", why));
        Stop stop =
                catchThrowableOfType(Stop.class, () -> ensure(EngineSetup.Consent.GIVEN, false));
        assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
        assertThat(stop).hasMessage("no Docker engine could be set up on m2");
        assertThat(stop.seen()).contains("could not be installed");
        assertThat(stop.next())
                .startsWith("ssh ssh://bob@rack-2:2222 tail -n 40 /var/log/tandem-setup.log");
        assertThat(done).as("the other one was done").contains("m1");
    }

    @Test
    void machinesThatAreSilentOrAwayAreNotSetUp() {
        isWithoutEngine("m1", Why.OFF);
        isWithoutEngine("m2", Why.NO_ENGINE);
        Away away = new Away(List.of("m2"), List.of());
        assertThat(ensure(EngineSetup.Consent.GIVEN, true, away)).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void planSaysWhatUpWouldDo() {
        isWithoutEngine("m2", Why.NO_ENGINE);
        try (Fleet fleet = fleet()) {
            Stop stop =
                    catchThrowableOfType(
                            Stop.class, () -> engines(fleet, true).refuseMissing(SITE, Away.NONE));
            assertThat(stop).hasMessage("no Docker engine answers on m2");
            assertThat(stop.seen())
                    .contains("; tandem up would, as root:", "  - start the Docker engine");
            assertThat(stop.next()).isEqualTo("tandem up");
        }
        assertThat(done).isEmpty();
    }
}
