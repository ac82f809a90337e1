package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.scenario.Farm;
import dev.tandem.scenario.Shell;
import dev.tandem.scenario.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Engines of the farm's machines, reached by ssh; and each way in which one is not reached, in
/// less than the 10 s within which a verb has to say so.
@Tag("containers")
class TunnelTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Remote M1 = new Remote("m1", "root@192.168.0.11");
    private static final Remote M2 = new Remote("m2", "root@192.168.0.12");

    @RegisterExtension static final Farm FARM = Farm.empty("m1", "m2");

    private static List<String> ssh(String... more) {
        List<String> argv = new ArrayList<>(FARM.command("lan", "setsid", "ssh"));
        argv.addAll(List.of(more));
        return argv;
    }

    private static Unreachable unreachable(Remote machine, String... more) {
        long begin = System.nanoTime();
        try (Engines engines = Engines.open(List.of(machine), ssh(more))) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
            assertThat(engines.unreachable()).hasSize(1);
            return engines.unreachable().getFirst();
        }
    }

    private static void expect(Why why, Remote machine, String... more) {
        Unreachable seen = unreachable(machine, more);
        assertThat(seen.why()).as(seen.toString()).isEqualTo(why);
    }

    private static String name(Runner engine) {
        return engine.run(info()).stdout().strip();
    }

    private static Command info() {
        List<String> argv = List.of("docker", "info", "--format", "{{.Name}}");
        return Command.of(Duration.ofSeconds(60), argv);
    }

    @Test
    void severalEnginesAreReachedAtTheSameTimeAndTheWayEndsWithTheVerb() throws IOException {
        Remote bob = new Remote("bob", "bob@192.168.0.12");
        Path socket;
        try (Engines engines = Engines.open(List.of(M1, bob), ssh())) {
            assertThat(engines.unreachable()).isEmpty();
            assertThat(name(engines.of(M1))).isEqualTo("m1");
            assertThat(name(engines.of(bob))).as("without root, in group docker").isEqualTo("m2");
            assertThat(engines.of(M1).where()).isEqualTo(Where.ELSEWHERE);
            socket = Path.of(address(engines.of(M1)).substring("unix://".length()));
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(socket.getParent()).doesNotExist();
        assertThat(FARM.run("in", "m1", "pgrep", "-f", "cat >/dev/null").ok()).isFalse();
    }

    private static String address(Runner engine) {
        List<String> argv =
                List.of("docker", "context", "inspect", "-f", "{{.Endpoints.docker.Host}}");
        return engine.run(Command.of(LIMIT, argv)).stdout().strip();
    }

    @Test
    void manyCallsAtOnceUseOneConnection() {
        try (Engines engines = Engines.open(List.of(M1), ssh())) {
            Runner m1 = engines.of(M1);
            List<String> names =
                    java.util.stream.IntStream.range(0, 20)
                            .parallel()
                            .mapToObj(_ -> name(m1))
                            .toList();
            assertThat(names).hasSize(20).containsOnly("m1");
        }
    }

    /// What ssh asks for it leaves there: the connection is somebody else's, and goes on.
    @Test
    void aConnectionThatTheUserHasOpenIsUsedAndLeftAsItWas() throws IOException {
        try (Held held = Held.open(M1)) {
            int before = held.sockets();
            int accepted = accepted("m1");
            try (Engines engines = Engines.open(List.of(M1), held.ssh())) {
                assertThat(name(engines.of(M1))).isEqualTo("m1");
                assertThat(held.sockets()).as("it forwards").isGreaterThan(before);
            }
            assertThat(accepted("m1")).as("no other one").isEqualTo(accepted);
            TestSite.await("what it forwarded is taken back", () -> held.sockets() == before);
        }
    }

    @Test
    void whatIsWrongOverAConnectionOfTheUsersIsFoundOutOverOneOfOurOwn() throws IOException {
        try (Held held = Held.open(M2)) {
            FARM.farm("cable", "m2", "out");
            try (Engines engines = Engines.open(List.of(M2), held.ssh())) {
                assertThat(engines.unreachable())
                        .singleElement()
                        .satisfies(
                                why -> assertThat(why.why()).isIn(Why.OFF, Why.SILENT, Why.NO_WAY));
            } finally {
                FARM.farm("cable", "m2", "in");
            }
        }
    }

    private static int accepted(String machine) {
        String count = "grep -c 'Accepted publickey' /var/log/sshd.log";
        return Integer.parseInt(FARM.run("in", machine, "sh", "-c", count).stdout().strip());
    }

    /// A connection that a user has open, and a configuration of ssh that names it.
    private record Held(Path configuration, Remote machine) implements AutoCloseable {
        static Held open(Remote machine) throws IOException {
            Path ssh = FARM.directory().resolve("ssh");
            Path configuration = ssh.resolve("shared-" + machine.name());
            Files.writeString(
                    configuration,
                    Files.readString(ssh.resolve("config"))
                            + "ControlPath "
                            + ssh.resolve("held-%r-%h")
                            + "\n");
            Held held = new Held(configuration, machine);
            assertThat(held.run("-MNf").ok()).isTrue();
            return held;
        }

        List<String> ssh() {
            return FARM.command("lan", "/usr/bin/ssh", "-F", configuration.toString());
        }

        private Output run(String... options) {
            List<String> argv = new ArrayList<>(ssh());
            argv.addAll(List.of(options));
            argv.add(machine.ssh());
            return Shell.run(Shell.HOME, argv.toArray(String[]::new));
        }

        /// How many the one has that holds it.
        int sockets() {
            String said = run("-O", "check").stderr();
            String pid = said.replaceFirst("(?s).*\\(pid=(\\d+)\\).*", "$1");
            try (Stream<Path> files = Files.list(Path.of("/proc", pid, "fd"))) {
                return (int) files.filter(Held::isSocket).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isSocket(Path file) {
            try {
                return Files.readSymbolicLink(file).toString().startsWith("socket:");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            run("-O", "exit");
        }
    }

    @Test
    void whatIsInTheWayOfSshIsTold() {
        FARM.farm("sshd", "m2", "stop");
        expect(Why.REFUSED, M2);
        FARM.farm("sshd", "m2", "start");

        FARM.farm(
                "in", "m2", "iptables", "-A", "INPUT", "-p", "tcp", "--dport", "22", "-j", "DROP");
        expect(Why.SILENT, M2);
        FARM.farm("in", "m2", "iptables", "-F", "INPUT");

        assertThat(unreachable(new Remote("m9", "root@192.168.0.19")).why())
                .isIn(Why.OFF, Why.SILENT, Why.NO_WAY);
        expect(Why.NO_SUCH_NAME, new Remote("m9", "root@m9"));
    }

    @Test
    void aHostKeyIsNeverAcceptedByItself() throws IOException {
        Path none = Files.createTempFile(FARM.directory(), "hosts", "");
        expect(Why.HOST_KEY_UNKNOWN, M1, "-o", "UserKnownHostsFile=" + none);
        assertThat(none).isEmptyFile();

        Path other = key("other", "");
        String[] words = Files.readString(Path.of(other + ".pub")).split(" ", -1);
        Path wrong = Files.createTempFile(FARM.directory(), "hosts", "");
        Files.writeString(wrong, "192.168.0.11 %s %s\n".formatted(words[0], words[1]));
        expect(Why.HOST_KEY_CHANGED, M1, "-o", "UserKnownHostsFile=" + wrong);
    }

    @Test
    void aKeyThatIsNotAcceptedAndOneThatIsLockedAreToldApart() {
        expect(Why.DENIED, new Remote("m1", "mallory@192.168.0.11"));
        expect(Why.KEY_LOCKED, M1, keyOnly(key("locked", "secret")));
        expect(Why.DENIED, M1, keyOnly(key("strange", "")));
    }

    /// Instead of the farm's configuration, which names the right key.
    private static String[] keyOnly(Path key) {
        return new String[] {
            "-F",
            "none",
            "-i",
            key.toString(),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "IdentityAgent=none",
            "-o",
            "UserKnownHostsFile=" + FARM.directory().resolve("ssh/known_hosts")
        };
    }

    private static Path key(String name, String passphrase) {
        Path key = FARM.directory().resolve(name);
        Shell.answer("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key.toString());
        return key;
    }

    @Test
    void whoMayNotUseTheEngineIsTold() {
        Unreachable eve = unreachable(new Remote("m1", "eve@192.168.0.11"));
        assertThat(eve.why()).isEqualTo(Why.NOT_ALLOWED);
        assertThat(eve.next()).contains("usermod -aG docker");
    }

    @Test
    void anEngineThatDoesNotRunAndOneThatHangsAreTold() {
        FARM.farm("dockerd", "m2", "STOP");
        expect(Why.ENGINE_HANGS, M2);
        FARM.farm("dockerd", "m2", "CONT");

        FARM.farm("hold", "m2", "on");
        FARM.farm("dockerd", "m2", "KILL");
        expect(Why.ENGINE_DOWN, M2);
        FARM.farm("in", "m2", "rm", "/var/run/docker.sock");
        expect(Why.NO_ENGINE, M2);
        FARM.farm("hold", "m2", "off");
        FARM.farm("wait", "m2");
    }

    /// In the middle of a command that would wait for a minute.
    @Test
    void whatHappensToAMachineMeanwhileIsTold() {
        try (Engines engines = Engines.open(List.of(M2), ssh())) {
            Runner m2 = engines.of(M2);
            FARM.farm("dockerd", "m2", "STOP");
            tells(m2, Why.ENGINE_HANGS);
            FARM.farm("dockerd", "m2", "CONT");
            assertThat(name(m2)).as("the same way goes on").isEqualTo("m2");

            FARM.farm("silent", "m2", "on");
            tells(m2, Why.CUT);
            FARM.farm("silent", "m2", "off");
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    private static void tells(Runner engine, Why why) {
        long begin = System.nanoTime();
        Output output = engine.run(info());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
        assertThat(output.timedOut()).isTrue();
        String words = SshWords.of(M2, why, "").seen();
        assertThat(output.stderr()).contains("m2: " + words);
    }
}
