package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Further virtual IPs go where the VIP goes, and nothing is lost on any of them.
@Tag("containers")
@Tag("exact")
class MoreVipsTest {
    /// The checks are patient, as on other sites under load.
    private static final String FILE =
            """
            vip:
              address: 192.168.0.150
              more: [192.168.0.160, 192.168.0.161]
            balancers:
              haproxy-a:
              haproxy-b:
            servers:
              web-a: {content: ./pages}
              web-b: {content: ./pages}
            timing: {check_limit: 2s, connect: 1s, fall: 4}
            """;

    @RegisterExtension static final LiveSite LIVE = new LiveSite(site());


    private static final TestSite SITE = LIVE.site();
    private static final int FIRST = 160;
    private static final int SECOND = 161;

    @Test
    void aPlannedMoveLosesNothingOnAnyOfThem() throws Exception {
        try (UnderLoad vip = UnderLoad.at(SITE, 150);
                UnderLoad further = UnderLoad.at(SITE, SECOND)) {
            further.goOn(2);
            assertThat(SITE.tandem("switchover", "haproxy-b").ok()).isTrue();
            areAt("haproxy-b");
            further.goOn(3);
            assertThat(SITE.tandem("switchover", "haproxy-a").ok()).isTrue();
            areAt("haproxy-a");
            further.goOn(3);

            assertThat(further.end().requests()).isGreaterThan(300);
            assertThat(vip.end().requests()).isGreaterThan(300);

            assertThat(further.lost()).isEmpty();
            assertThat(vip.lost()).isEmpty();
        }
    }

    @Test
    void aBalancerThatDiesLeavesAllOfThemToItsPeer() {
        SITE.docker("kill", "haproxy-a");
        try {
            LIVE.masterIs("haproxy-b");
            for (int last : List.of(FIRST, SECOND)) {
                TestSite.await("an answer at ." + last, () -> answer(last).ok());
                assertThat(answer(last).stdout()).contains("haproxy-b");
            }
        } finally {
            SITE.docker("start", "haproxy-a");
        }
        LIVE.masterIs("haproxy-a");
        areAt("haproxy-a");
        assertThat(SITE.tandem("status").stdout())
                .contains(SITE.lan(150) + ", " + SITE.lan(FIRST) + ", " + SITE.lan(SECOND));
    }

    /// One that is taken off by hand is missed, and a word against it is heard.
    @Test
    void oneThatIsGoneFromTheInterfaceIsNamed() {
        String device = "$(sed -n 's/^\\$LAN=//p' /run/tandem/lan.conf)";
        String address = SITE.lan(FIRST) + "/32 dev " + device;
        SITE.exec("haproxy-a", "sh", "-c", "ip address del " + address);
        try {
            TestSite.await(
                    "status says it",
                    () ->
                            SITE.tandem("status")
                                    .stdout()
                                    .contains(SITE.lan(FIRST) + " is held by nobody"));
        } finally {
            SITE.exec("haproxy-a", "sh", "-c", "ip address replace " + address);
        }
    }

    private static TestSite site() {
        TestSite site = TestSite.of(FILE);
        UnderLoad.provide(site);
        return site;
    }

    private static void areAt(String balancer) {
        for (int last : List.of(FIRST, SECOND)) {
            String start = SITE.lan(last) + "/32";
            TestSite.await(
                    SITE.lan(last) + " is at " + balancer + " alone",
                    () ->
                            LiveSite.BALANCERS.stream()
                                    .filter(one -> onLan(one).contains(start))
                                    .toList()
                                    .equals(List.of(balancer)));
        }
    }

    private static String onLan(String balancer) {
        String script = "ip -o -4 address show | grep -v ': lo '";
        return SITE.exec(balancer, "sh", "-c", script).stdout();
    }

    private static Output answer(int last) {
        return SITE.curl(
                "--fail",
                "--cacert",
                SITE.rendered().resolve("tls/ca.pem").toString(),
                "-sS",
                "-o",
                "/dev/null",
                "-w",
                "%header{x-balancer}",
                "https://" + SITE.lan(last) + "/");
    }
}
