package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pair that drills are compared with, `bench/usual-pair`: it serves, fails over in its own
/// time, and tells a drill as much of each request as a site of Tandem's does.
@Tag("containers")
class UsualPairTest {
    private static final String NAME = Forks.name();
    private static String lan = "";
    private static Path pair = Path.of("");

    @BeforeAll
    static void bringUp() {
        String base = TestSubnets.free().lan().base().toString();
        lan = base.substring(0, base.lastIndexOf('.'));
        Output up = script("up");
        assertThat(up.ok()).as(up.stdout() + up.stderr()).isTrue();
        pair = Path.of(up.lines().getLast());
    }

    @AfterAll
    static void takeDown() {
        Output down = script("down");
        assertThat(down.ok()).as(down.stderr()).isTrue();
        assertThat(pair).doesNotExist();
    }

    @Test
    void bothWebServersAnswerOverBothSchemesAndTheirLogsHaveTheId() throws IOException {
        for (String scheme : List.of("http", "https")) {
            Set<String> servers = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                String head = curl("-I", "-H", "X-Tandem-Id: u-" + scheme, scheme + "://" + vip());
                assertThat(head).contains("x-balancer: " + NAME + "-bl1");
                servers.add(head.replaceAll("(?s).*x-served-by: (\\S+).*", "$1"));
            }
            assertThat(servers).containsExactlyInAnyOrder(NAME + "-web-a", NAME + "-web-b");
            TestSite.await("HAProxy logs it", () -> log("bl1").contains(" {u-" + scheme + "} "));
            TestSite.await("Nginx logs it", () -> log("web-a").contains(" id=u-" + scheme + "\n"));
        }
        curl(
                "--data",
                "body",
                "-H",
                "X-Tandem-Id: once",
                "-H",
                "X-Tandem-Drill: " + Files.readString(pair.resolveSibling("tls/drill-secret")),
                "http://" + vip() + "/tandem-drill/upload");
        String ran = "ran id=once method=POST\n";
        TestSite.await("it ran", () -> (log("web-a") + log("web-b")).contains(ran));
        assertThat(log("web-a") + log("web-b")).containsOnlyOnce(ran);
    }

    @Test
    void itsDescriptionNamesWhatThereIs() throws Exception {
        String text = Files.readString(pair);

        assertThat(text).contains("vip: " + vip() + " ").contains("ca: tls/ca.pem ");
        assertThat(pair.resolveSibling("tls/ca.pem")).exists();
        for (String node : List.of("bl1", "bl2", "web-a", "web-b")) {
            assertThat(text).contains("  - " + NAME + "-" + node + "\n");
            Shell.type("docker inspect " + NAME + "-" + node);
        }
    }

    @Test
    void theBackupTakesOverWhenTheMasterIsKilled() {
        Shell.type("docker kill " + NAME + "-bl1");
        TestSite.await("bl2 answers", () -> curl("-I", "http://" + vip()).contains(NAME + "-bl2"));

        Shell.type("docker start " + NAME + "-bl1");
        TestSite.await("bl1 answers", () -> curl("-I", "http://" + vip()).contains(NAME + "-bl1"));
    }

    private static String vip() {
        return lan + ".150";
    }

    private static Output script(String which) {
        String path = Shell.HOME.resolve("bench/usual-pair").resolve(which).toString();
        return Shell.run(Shell.HOME, "env", "USUAL_NAME=" + NAME, "USUAL_LAN=" + lan, path);
    }

    private static String curl(String... arguments) {
        String ca = pair.resolveSibling("tls/ca.pem").toString();
        List<String> argv = new ArrayList<>(List.of("curl", "-s", "-m", "2", "--cacert", ca));
        argv.addAll(List.of(arguments));
        return Shell.run(Shell.HOME, argv.toArray(String[]::new))
                .stdout()
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static String log(String node) {
        return Shell.run(Shell.HOME, "docker", "logs", NAME + "-" + node).stdout();
    }
}
