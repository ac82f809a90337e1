package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Nginx sees and logs the true client address, whatever the client claims.
@Tag("containers")
class ClientAddressTest {

    @Test
    void nginxLogsTheClientAndTrustsOnlyTheBalancers() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            String request =
                    "exec 3<>/dev/tcp/%s/80; printf 'GET /%s HTTP/1.0\\r\\n%s\\r\\n' >&3; cat <&3";
            String spoof = "X-Forwarded-For: 9.9.9.9\\r\\n";
            fromTheLan(site, 201, request.formatted(site.lan(150), "plain", ""));
            fromTheLan(site, 202, request.formatted(site.lan(150), "spoofed", spoof));
            // Not through a balancer at all: its own address counts, not what it claims.
            String direct = request.formatted(site.network(2), "direct", spoof);
            client(site, site.name(), site.network(203).toString(), direct);

            TestSite.await("all three are logged", () -> log(site).contains("/direct"));
            assertThat(line(site, "/plain")).startsWith(site.lan(201) + " - ");
            assertThat(line(site, "/spoofed")).startsWith(site.lan(202) + " - ");
            assertThat(line(site, "/direct")).startsWith(site.network(203) + " - ");
            assertThat(log(site)).as("health checks are not logged").doesNotContain("tandem-check");
        }
    }

    private static void fromTheLan(TestSite site, int last, String script) {
        client(site, site.name() + "_lan", site.lan(last).toString(), script);
    }

    private static void client(TestSite site, String network, String address, String script) {
        Shell.answer(
                "docker",
                "run",
                "--rm",
                "--label",
                "dev.tandem.check=" + TestSite.CHECK,
                "--network",
                network,
                "--ip",
                address,
                "--entrypoint",
                "bash",
                site.balancerImage(),
                "-c",
                script);
    }

    private static String line(TestSite site, String path) {
        return log(site).lines().filter(l -> l.contains(path)).findFirst().orElse("no line");
    }

    private static String log(TestSite site) {
        return Shell.run(site.directory(), "docker", "logs", site.container("web-a")).stdout()
                + Shell.run(site.directory(), "docker", "logs", site.container("web-b")).stdout();
    }
}
