package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A site on the engine of another machine, asked about from a machine of the same LAN: by
/// `DOCKER_HOST=ssh://`, and by a socket that leads there. What is looked at is the network of the
/// engine's machine; the one that asks has no `ens33`.
@Tag("containers")
class RemoteEngineTest {
    private static final String M1 = "ssh://root@192.168.0.11";

    @RegisterExtension static final Farm FARM = Farm.of("m1");

    @BeforeAll
    static void aSite() {
        FARM.answer("m1", "cp /srv/tandem/tandem.yaml /var/lib/tandem");
        Output up = FARM.tandem("m1", "up");
        assertThat(up.ok()).as(up.stderr()).isTrue();
        assertThat(up.stdout()).contains("macvlan on ens33");
    }

    /// `tandem` on the controller, which has the site's directory where the machine has it.
    private static Output tandem(String engine, String arguments) {
        String there = FARM.directory().resolve("m1/tandem").toString();
        String script =
                """
                mount -t tmpfs tmpfs /var/lib && mkdir /var/lib/tandem &&
                mount --bind %s /var/lib/tandem && cd /var/lib/tandem &&
                JAVA_HOME=%s DOCKER_HOST=%s exec %s %s
                """
                        .formatted(
                                there,
                                System.getProperty("java.home"),
                                engine,
                                Shell.HOME.resolve("tandem"),
                                arguments);
        return FARM.run("lan", "unshare", "--mount", "sh", "-c", script);
    }

    private static void answersRightly(String engine) {
        Output status = tandem(engine, "status");
        assertThat(status.exit()).as(status.stdout() + status.stderr()).isZero();
        assertThat(status.stdout()).contains("macvlan on ens33", "haproxy-a  MASTER");

        Output plan = tandem(engine, "plan");
        assertThat(plan.exit()).as(plan.stdout() + plan.stderr()).isZero();
    }

    @Test
    void overSshItIsTheMachineOfTheEngineThatIsLookedAt() {
        answersRightly(M1);

        Output doctor = tandem(M1, "doctor");
        assertThat(doctor.exit()).as(doctor.stdout() + doctor.stderr()).isZero();
        assertThat(doctor.stdout().replaceAll("\\s+", " "))
                .contains("haproxy-a alone answers for 192.168.0.150")
                .contains("on the engine's machine: setup/engine")
                .contains("networks and names 192.168.0.0/24 and 172.20.0.0/24 overlap nothing");
    }

    @Test
    void andOverASocketThatLeadsThere() throws IOException, InterruptedException {
        Path socket = FARM.directory().resolve("there");
        List<String> argv = new ArrayList<>(FARM.command("lan", "ssh", "-N", "-L"));
        argv.addAll(List.of(socket + ":/var/run/docker.sock", "root@192.168.0.11"));
        Process ssh = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try {
            TestSite.await("the socket is there", () -> Files.exists(socket));
            answersRightly("unix://" + socket);
        } finally {
            ssh.destroy();
            ssh.waitFor();
        }
    }

    @Test
    void aMachineThatIsNotThereIsNamedInTime() {
        long begin = System.nanoTime();
        Output status = tandem("ssh://root@192.168.0.12", "status");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(status.exit()).isEqualTo(5);
        assertThat(status.stderr())
                .contains("the engine of root@192.168.0.12 cannot be reached")
                .contains("no machine on the LAN has its address")
                .contains("next:  ping -c 3 192.168.0.12");
    }
}
