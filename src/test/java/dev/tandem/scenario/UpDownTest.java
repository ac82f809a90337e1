package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `up` and `down` promise beside bringing a site up and taking it down.
@Tag("containers")
class UpDownTest {

    @Test
    void aSecondUpChangesNothingAndSaysSo() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            String before = containers(site);

            Output second = site.tandem("up");

            assertThat(second.exit()).isZero();
            assertThat(second.stdout()).contains("Nothing to change");
            assertThat(containers(site))
                    .as("the same containers, not started anew")
                    .isEqualTo(before);
        }
    }

    @Test
    void aChangedFileIsLoadedByWhomItConcernsAndNoContainerIsReplaced() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            String webServers = containers(site, "web");
            String balancers = containers(site, "balancer");
            site.write(site.text().replace("balance: roundrobin", "balance: leastconn"));
            Output status = site.tandem("status");

            assertThat(status.exit()).as("drift before up").isEqualTo(1);
            assertThat(status.stdout())
                    .contains("drift:     haproxy-a/haproxy.cfg is not what tandem.yaml asks for")
                    .contains("drift:     haproxy-b has another haproxy.cfg loaded");
            assertThat(site.tandem("up").exit()).isZero();
            assertThat(containers(site, "web")).isEqualTo(webServers);
            assertThat(containers(site, "balancer")).isEqualTo(balancers);
            assertThat(
                            site.exec(
                                            "haproxy-a",
                                            "grep",
                                            "-c",
                                            "leastconn",
                                            "/etc/tandem/haproxy.cfg")
                                    .ok())
                    .isTrue();
            site.awaitWell();
        }
    }

    @Test
    void whatHaproxyDoesNotAcceptNeverReachesARunningBalancer() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            String before = containers(site);
            // Java reads a key of 1024 bits; HAProxy's OpenSSL finds it too weak.
            Shell.type(
                    "openssl req -x509 -newkey rsa:1024 -nodes -days 30 -subj /CN=weak"
                            + (" -keyout " + site.directory().resolve("weak.key"))
                            + (" -out " + site.directory().resolve("weak.pem")));
            String good = site.text();
            site.write(good + "\ntls:\n  certificate: weak.pem\n  key: weak.key\n");

            Output up = site.tandem("up");

            assertThat(up.exit()).as(up.stderr()).isEqualTo(5);
            assertThat(up.stderr())
                    .contains("tandem: the configuration was not accepted")
                    .contains("haproxy -c, haproxy-a:")
                    .contains("key too small");
            assertThat(containers(site)).isEqualTo(before);
            site.docker("restart", "haproxy-a");
            site.awaitWell();
            assertThat(site.whoAnswers("https://" + site.lan(150) + "/")).startsWith("web-");
            site.write(good);
            assertThat(site.tandem("up").stdout()).contains("Nothing to change");
        }
    }

    @Test
    void downRemovesWhatUpMadeAndNothingElse() {
        String stranger = "check-" + TestSite.CHECK + "-stranger";
        TestSite site = TestSite.likeTheCustomers().up();
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
                site.balancerImage(),
                "300");
        String others = everythingBut(site);

        Output down = site.tandem("down");

        assertThat(down.exit()).isZero();
        assertThat(everythingBut(site)).isEqualTo(others).contains(stranger);
        assertThat(containers(site)).isEmpty();
        assertThat(Shell.answer("docker", "network", "ls", "--format", "{{.Name}}"))
                .doesNotContain(site.name());
        assertThat(site.rendered().resolve("tls/ca.pem")).as("the CA stays").exists();
        assertThat(site.tandem("down").stdout()).contains("Nothing of site");
        Shell.answer("docker", "rm", "--force", stranger);
    }

    @Test
    void downWorksWithASiteFileThatIsWrong() {
        TestSite site = TestSite.likeTheCustomers().up();
        site.write("vip: {adress: 1.2.3.4}");

        assertThat(site.tandem("up").exit()).isEqualTo(3);
        assertThat(site.tandem("down").exit()).isZero();
        assertThat(containers(site)).isEmpty();
    }

    @Test
    void aNetworkInUseByAStrangerIsLeftAndNamed() {
        TestSite site = TestSite.likeTheCustomers().up();
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
                site.name(),
                "--entrypoint",
                "sleep",
                site.balancerImage(),
                "300");

        Output down = site.tandem("down");

        assertThat(down.exit()).isEqualTo(5);
        assertThat(down.stderr()).contains("left: network " + site.name()).contains("next:");
        assertThat(Shell.answer("docker", "ps", "--format", "{{.Names}}")).contains(stranger);
        Shell.answer("docker", "rm", "--force", stranger);
        site.close();
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

            Output up = site.tandem("up", "--wait-timeout", "8");

            assertThat(up.exit()).isEqualTo(5);
            assertThat(up.stderr())
                    .contains("the site does not serve as it should")
                    .contains("web-a: haproxy-a sees it DOWN in web (L7STS 403)")
                    .contains("last lines of " + site.container("web-a"))
                    .contains("directory index of \"/srv/content/\" is forbidden")
                    .contains("next:  tandem logs web-a");
        }
    }

    @Test
    void anObstacleIsToldBeforeAnythingIsStarted() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            TestSite second = TestSite.likeTheCustomers();
            second.file(
                    "tandem.yaml",
                    site.text().replace("site: " + site.name(), "site: x" + TestSite.CHECK));

            Output up = second.tandem("up");

            assertThat(up.exit()).isEqualTo(4);
            assertThat(up.stderr())
                    .contains("vip.subnet: " + site.subnets().lan() + " overlaps Docker's network")
                    .contains("network.name: Docker has a network " + site.name() + " already")
                    .contains("network.subnet: ")
                    .contains("nothing was started or changed");
            assertThat(second.directory().resolve(".tandem")).doesNotExist();
        }
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
