package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is done to a machine of a site as a whole, and where it is refused.
class SiteMachineTest {
    /// An address that this machine has, as the one where a drill runs has.
    private static final String OWN = own();

    private static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150, interface: ens33}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {context: second}
              m3: here
              m4: {ssh: root@%s}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m3}, web-b: {machine: m4}}
            """
                    .formatted(OWN);

    private static final Site SITE =
            ((Reading.Good)
                            SiteReader.read(
                                    "tandem.yaml",
                                    FILE.getBytes(StandardCharsets.UTF_8),
                                    new FakeSurroundings()))
                    .site();

    private static final String LOOKED = "echo tandem ";
    private static final String MARK = "-e /run/tandem-reboot";

    private final FakeTime time = new FakeTime();

    /// The programs of this machine: `ssh` among them.
    private final FakeEngine local = new FakeEngine(time);

    private final FakeEngine far = new FakeEngine(time);

    /// What comes of each try to reach a machine; the last one of all later ones.
    private final Map<String, Deque<Reached>> ways = new HashMap<>();

    SiteMachineTest() {
        List.of("m1", "m2", "m3", "m4")
                .forEach(
                        name -> ways.put(name, new ArrayDeque<>(List.of(new Reached.Direct(far)))));
    }

    /// Bridges of the engine come and go with the tests beside this one.
    private static String own() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(one -> !one.getName().startsWith("br-"))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SiteMachine machine(String name) {
        Fleet fleet =
                new Fleet(
                        local,
                        one -> {
                            Deque<Reached> left = Objects.requireNonNull(ways.get(one.name()));
                            return left.size() > 1 ? left.remove() : left.getFirst();
                        });
        return new SiteMachines(fleet, SITE, time.await()).machine(name);
    }

    private void ssh(String script, int exit, String stdout) {
        local.meets(Trouble.answering(script, new Output(exit, stdout, "")));
    }

    private static Unreachable off(String machine) {
        return new Unreachable(machine, Why.OFF, "it is off", "ping it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tandem root 0 yes yes yes |  |",
                "tandem bob 7001 yes yes yes | m1 is reached as bob, who is not root there;"
                        + " machines.m1: {ssh: root@...} would do | m1 is reached as bob, who is"
                        + " not root there; machines.m1: {ssh: root@...} would do",
                "tandem root 0 no yes yes | neither systemd nor /etc/init.d/docker is on m1: how to"
                        + " start its engine again is not known |",
                "tandem root 0 yes no yes | | there is no `reboot` on m1",
                "tandem root 0 yes yes no | no dockerd of /var/run/docker.pid runs on m1 |",
                "hello | m1 was not looked at: | m1 was not looked at:"
            })
    void whatAMachineLacksIsSaid(String line, String notToEnd, String notToReboot) {
        ssh(LOOKED, 0, line + "\n");
        assertThat(machine("m1").notToEnd().orElse("")).startsWith(or(notToEnd));
        assertThat(machine("m1").notToEnd().isEmpty()).isEqualTo(notToEnd == null);
        assertThat(machine("m1").notToReboot().orElse("")).startsWith(or(notToReboot));
        assertThat(machine("m1").notToReboot().isEmpty()).isEqualTo(notToReboot == null);
    }

    private static String or(@org.jspecify.annotations.Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }

    @Test
    void whereTheDrillRunsIsNotRebooted() {
        assertThat(machine("m3").notToReboot().orElse(""))
                .contains("the drill runs on m3", "machines.m3.ssh");
        assertThat(machine("m4").notToReboot().orElse("")).contains("the drill runs on m4");
        assertThat(local.log()).isEmpty();
    }

    @Test
    void aContextLeadsToAnEngineAlone() {
        assertThat(machine("m2").notToReboot().orElse(""))
                .contains("reached by a Docker context alone", "machines.m2.ssh");
        assertThat(machine("m2").notToEnd()).isEqualTo(machine("m2").notToReboot());
        assertThat(local.log()).noneMatch(line -> line.contains("ssh"));
    }

    @Test
    void aSilentMachineIsNamedWithTheNextCommand() {
        ways.put("m1", new ArrayDeque<>(List.of(off("m1"))));
        assertThat(machine("m1").notToEnd()).contains("m1 is silent: it is off; next: ping it");
    }

    @Test
    void itsEngineIsKilledThroughSsh() {
        ssh("kill -KILL", 0, "");
        machine("m1").engine().kill();
        assertThat(local.log().getLast())
                .startsWith("setsid ssh -o BatchMode=yes")
                .contains("-- root@192.168.0.11 exec sh -c '");
    }

    @Test
    void anEngineThatNobodyStartsIsStarted() {
        far.meets(Trouble.failing("docker version", "Cannot connect to the Docker daemon"));
        ssh("/etc/init.d/docker start", 1, "");
        Engine engine = machine("m1").engine();
        assertThat(engine.answers()).isFalse();
        assertThatThrownBy(engine::ensure).isInstanceOf(Stop.class);
        assertThat(local.log()).hasSize(1);
        far.isWell();
        engine.ensure();
        assertThat(local.log()).hasSize(1);
    }

    @Test
    void aRebootIsOverWhenItIsDown() {
        far.meets(Trouble.failing("docker version", "gone").after(2));
        ssh("reboot >/dev/null", 255, "");
        machine("m1").reboot();
        assertThat(far.log()).hasSize(3);
    }

    @Test
    void aRebootThatDoesNotBeginOrEndIsAStop() {
        ssh("reboot >/dev/null", 1, "");
        assertThatThrownBy(machine("m1")::reboot)
                .isInstanceOf(Stop.class)
                .hasMessage("m1 could not be rebooted");
        assertThat(far.log()).isEmpty();
        local.isWell();
        ssh("reboot >/dev/null", 0, "");
        assertThatThrownBy(machine("m1")::reboot)
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> assertThat(stop.seen()).contains("still answers 180 s later"));
    }

    /// Its way is opened again, and as long as it was not down it is not back.
    @Test
    void itIsBackWhenItAnswersAndHasForgottenThatItWasTold() {
        ways.put(
                "m1",
                new ArrayDeque<>(
                        List.of(off("m1"), off("m1"), off("m1"), new Reached.Direct(far))));
        SiteMachine machine = machine("m1");
        assertThat(machine.absence()).contains("m1 is not back: it is off");
        assertThat(machine.absence()).contains("m1 is not back: it is off");
        ssh(MARK, 1, "");
        assertThat(machine.absence().orElse("")).contains("has not gone down yet");
        local.isWell();
        ssh(MARK, 255, "");
        assertThat(machine.absence().orElse("")).contains("lets nobody in yet");
        local.isWell();
        ssh(MARK, 0, "");
        assertThat(machine.absence()).isEmpty();
    }
}
