package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `up` and `down` promise beside bringing a site up and taking it down.
@Tag("containers")
class UpDownTest {
    private static final TestSite SITE = TestSite.likeTheCustomers();
    private static final String FILE = SITE.text();

    /// As the shipped file has it, whatever the test before has left.
    @BeforeEach
    void bringUp() {
        SITE.file("tandem.yaml", FILE);
        SITE.up();
    }

    @AfterAll
    static void takeAway() {
        SITE.close();
    }

    @Test
    void aSecondUpChangesNothingAndSaysSo() {
        String before = containers(SITE);

        Output second = SITE.typed("up");

        assertThat(second.exit()).isZero();
        assertThat(second.stdout()).contains("Nothing to change");
        assertThat(containers(SITE)).as("the same containers, not restarted").isEqualTo(before);
    }

    @Test
    void aChangedFileIsLoadedByWhomItConcernsAndNoContainerIsReplaced() {
        String webServers = containers(SITE, "web");
        String balancers = containers(SITE, "balancer");
        SITE.write(SITE.text().replace("balance: roundrobin", "balance: leastconn"));
        Output status = SITE.typed("status");

        assertThat(status.exit()).as("drift before up").isEqualTo(1);
        assertThat(status.stdout())
                .contains("drift:     haproxy-a/haproxy.cfg is not what tandem.yaml asks for")
                .contains("drift:     haproxy-b has another haproxy.cfg loaded");
        assertThat(SITE.typed("up", "--watch-time", "1").exit()).isZero();
        assertThat(containers(SITE, "web")).isEqualTo(webServers);
        assertThat(containers(SITE, "balancer")).isEqualTo(balancers);
        assertThat(
                        SITE.exec("haproxy-a", "grep", "-c", "leastconn", "/etc/tandem/haproxy.cfg")
                                .ok())
                .isTrue();
        SITE.awaitWell();
    }

    @Test
    void whatHaproxyDoesNotAcceptNeverReachesARunningBalancer() {
        String before = containers(SITE);
        // Java reads a key of 1024 bits; HAProxy's OpenSSL finds it too weak.
        Shell.type(
                "openssl req -x509 -newkey rsa:1024 -nodes -days 30 -subj /CN=weak"
                        + (" -keyout " + SITE.directory().resolve("weak.key"))
                        + (" -out " + SITE.directory().resolve("weak.pem")));
        String good = SITE.text();
        SITE.write(good + "\ntls:\n  certificate: weak.pem\n  key: weak.key\n");

        Output up = SITE.typed("up");

        assertThat(up.exit()).as(up.stderr()).isEqualTo(5);
        assertThat(up.stderr())
                .contains("tandem: the configuration was not accepted")
                .contains("haproxy -c, haproxy-a:")
                .contains("key too small");
        assertThat(containers(SITE)).isEqualTo(before);
        SITE.docker("restart", "haproxy-a");
        SITE.awaitWell();
        assertThat(SITE.whoAnswers("https://" + SITE.lan(150) + "/")).startsWith("web-");
        SITE.write(good);
        assertThat(SITE.typed("up").stdout()).contains("Nothing to change");
    }

    @Test
    @Tag("exact")
    void downRemovesWhatUpMadeAndNothingElse() {
        String stranger = "check-" + TestSite.CHECK + "-stranger";
        Shell.answer(
                "docker",
                "run",
                "-d",
                "--rm",
                "--name",
                stranger,
                "--label",
                "dev.tandem.check=" + TestSite.CHECK,
                "--network",
                "none",
                "--entrypoint",
                "sleep",
                SITE.balancerImage(),
                "300");
        String others = everythingBut(SITE);

        Output down = SITE.typed("down");

        assertThat(down.exit()).isZero();
        assertThat(everythingBut(SITE)).isEqualTo(others).contains(stranger);
        assertThat(containers(SITE)).isEmpty();
        assertThat(Shell.answer("docker", "network", "ls", "--format", "{{.Name}}"))
                .doesNotContain(SITE.name());
        assertThat(Shell.answer("docker", "volume", "ls", "--format", "{{.Name}}"))
                .as("what its balancers remember")
                .doesNotContain(SITE.name());
        assertThat(SITE.rendered().resolve("tls/ca.pem")).as("the CA stays").exists();
        assertThat(SITE.typed("down").stdout()).contains("Nothing of site");
        Shell.answer("docker", "rm", "--force", stranger);
    }

    @Test
    void downWorksWithASiteFileThatIsWrong() {
        SITE.write("vip: {adress: 1.2.3.4}");

        assertThat(SITE.typed("up").exit()).isEqualTo(3);
        assertThat(SITE.typed("down").exit()).isZero();
        assertThat(containers(SITE)).isEmpty();
    }

    @Test
    void aNetworkInUseByAStrangerIsLeftAndNamed() {
        String stranger = "check-" + TestSite.CHECK + "-guest";
        Shell.answer(
                "docker",
                "run",
                "-d",
                "--rm",
                "--name",
                stranger,
                "--label",
                "dev.tandem.check=" + TestSite.CHECK,
                "--network",
                SITE.name(),
                "--entrypoint",
                "sleep",
                SITE.balancerImage(),
                "300");

        Output down = SITE.typed("down");

        assertThat(down.exit()).isEqualTo(5);
        assertThat(down.stderr()).contains("left: network " + SITE.name()).contains("next:");
        assertThat(Shell.answer("docker", "ps", "--format", "{{.Names}}")).contains(stranger);
        Shell.answer("docker", "rm", "--force", stranger);
        assertThat(SITE.typed("down").exit()).isZero();
    }

    @Test
    void aNodeThatDoesNotComeUpIsExplainedWithItsLogAndDownStillWorks() {
        try (TestSite site =
                TestSite.of(
                        """
                        vip:
                          address: 192.168.0.150
                        balancers:
                          haproxy-a:
                            address: 172.20.0.50
                        servers:
                          web-a:
                            content: ./empty
                        """)) {
            site.file("empty/.keep", "");

            Output up = site.typed("up", "--wait-timeout", "8");

            assertThat(up.exit()).isEqualTo(5);
            assertThat(up.stderr())
                    .contains("the site was not well")
                    .containsPattern(
                            "web-a: haproxy-a sees it DOWN in web[a-z-]* \\(L7STS( 403)?\\)")
                    .contains("last lines of " + site.container("web-a"))
                    .contains("directory index of \"/srv/content/\" is forbidden")
                    .contains("next:  tandem logs web-a");
            assertThat(site.typed("down").exit()).isZero();
            assertThat(containers(site)).isEmpty();
        }
    }

    @Test
    void anObstacleIsToldBeforeAnythingIsStarted() {
        TestSite second = TestSite.likeTheCustomers();
        second.file(
                "tandem.yaml",
                SITE.text().replace("site: " + SITE.name(), "site: x" + TestSite.CHECK));

        Output up = second.typed("up");

        assertThat(up.exit()).isEqualTo(4);
        assertThat(up.stderr())
                .contains("vip.subnet: " + SITE.subnets().lan() + " overlaps Docker's network")
                .contains("network.name: Docker has a network " + SITE.name() + " already")
                .contains("network.subnet: ")
                .contains("nothing was started or changed");
        assertThat(second.directory().resolve(".tandem")).doesNotExist();
    }

    private static String containers(TestSite site) {
        return Shell.answer(
                "docker",
                "ps",
                "-a",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Names}}",
                "--filter",
                "label=com.docker.compose.project=" + site.name());
    }

    private static String containers(TestSite site, String role) {
        return Shell.answer(
                "docker",
                "ps",
                "-a",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Names}}",
                "--filter",
                "label=com.docker.compose.project=" + site.name(),
                "--filter",
                "label=dev.tandem.role=" + role);
    }

    /// The containers and networks of this check that are not the site's: others may come and go.
    private static String everythingBut(TestSite site) {
        List<String> names =
                Shell.answer("docker", "ps", "-a", "--format", "{{.Names}}")
                        .lines()
                        .sorted()
                        .toList();
        return names.stream()
                .filter(name -> name.contains("check-" + TestSite.CHECK))
                .filter(name -> !name.startsWith(site.name()))
                .toList()
                .toString();
    }
}
