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

    /// One that the site has in all tests.
    private static final int STAYS = 161;

    /// New containers for both balancers, and the VIP goes there and back.
    @Test
    void oneComesAndOneGoesAndNothingIsLostOnThoseThatStay() throws Exception {
        SITE.write(FILE.replace("161]", "162]").replace(".160", ".161"));
        assertThat(SITE.tandem("plan").stdout())
                .contains("replace    haproxy-a", "replace    haproxy-b")
                .contains(": clients of an address that goes are no longer served");
        try (UnderLoad vip = UnderLoad.at(SITE, 150);
                UnderLoad further = UnderLoad.at(SITE, STAYS)) {
            further.goOn(2);
            Output applied = SITE.tandem("apply", "--yes", "--watch-time", "1");
            assertThat(applied.ok()).as(applied.toString()).isTrue();
            further.goOn(2);

            assertThat(further.end().requests()).isGreaterThan(300);
            assertThat(vip.end().requests()).isGreaterThan(300);

            assertThat(further.lost()).isEmpty();
            assertThat(vip.lost()).isEmpty();
        }
        areAt("haproxy-a", STAYS, 162);
        assertThat(answer(162).stdout()).contains("haproxy-a");
        assertThat(onLan("haproxy-a")).doesNotContain(SITE.lan(160).toString());
        assertThat(SITE.tandem("status").stdout())
                .contains(SITE.lan(150) + ", " + SITE.lan(STAYS) + ", " + SITE.lan(162));
    }

    @Test
    void aBalancerThatDiesLeavesThemToItsPeer() {
        SITE.docker("kill", "haproxy-a");
        try {
            LIVE.masterIs("haproxy-b");
            TestSite.await("an answer", () -> answer(STAYS).ok());
            assertThat(answer(STAYS).stdout()).contains("haproxy-b");
        } finally {
            SITE.docker("start", "haproxy-a");
        }
        LIVE.masterIs("haproxy-a");
        areAt("haproxy-a", STAYS);
    }

    /// Keepalived puts it back at the master; elsewhere the init takes it off.
    @Test
    void whatSomebodyDoesToOneByHandIsUndone() {
        byHand("haproxy-a", "del");
        areAt("haproxy-a", STAYS);
        byHand("haproxy-b", "add");
        areAt("haproxy-a", STAYS);
    }

    private static void byHand(String balancer, String what) {
        String script =
                "ip address %s %s/32 dev $(sed -n 's/^.LAN=//p' /run/tandem/lan.conf)"
                        .formatted(what, SITE.lan(STAYS));
        assertThat(SITE.exec(balancer, "sh", "-c", script).ok()).isTrue();
    }

    private static TestSite site() {
        TestSite site = TestSite.of(FILE);
        UnderLoad.provide(site);
        return site;
    }

    private static void areAt(String balancer, int... addresses) {
        for (int last : addresses) {
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
