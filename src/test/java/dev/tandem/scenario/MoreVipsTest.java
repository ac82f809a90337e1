package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Further virtual IPs: those that go where the VIP goes, and one that is first at the other
/// balancer. Nothing is lost on any of them when they move because somebody wanted it.
@Tag("containers")
@Tag("counting")
class MoreVipsTest {
    /// The checks are patient, as on other sites under load.
    private static final String FILE =
            """
            vip:
              address: 192.168.0.150
              more: [192.168.0.160, 192.168.0.161]
            balancers:
              haproxy-a:
              haproxy-b: {vips: [192.168.0.170]}
            servers:
              web-a: {content: ./pages}
              web-b: {content: ./pages}
            timing: {check_limit: 2s, connect: 1s, fall: 4}
            """;

    @RegisterExtension static final LiveSite LIVE = new LiveSite(site());

    private static final TestSite SITE = LIVE.site();

    /// One that the site has in all tests.
    private static final int STAYS = 161;

    /// The one that is first at haproxy-b.
    private static final int OWN = 170;

    /// New containers for both balancers, and the VIP goes there and back.
    @Test
    void oneComesAndOneGoesAndNothingIsLostOnThoseThatStay() throws Exception {
        SITE.write(
                FILE.replace("161]", "162]")
                        .replace(".160", ".161")
                        .replace("170]", "170, 192.168.0.171]"));
        assertThat(SITE.tandem("plan").stdout())
                .contains("switchover haproxy-a", "replace    haproxy-b")
                .contains("switchover haproxy-b", "replace    haproxy-a")
                .contains(": clients of an address that goes are no longer served");
        try (UnderLoad vip = UnderLoad.at(SITE, 150);
                UnderLoad further = UnderLoad.at(SITE, STAYS);
                UnderLoad own = UnderLoad.at(SITE, OWN)) {
            further.goOn(2);
            Output applied = SITE.tandem("apply", "--yes", "--watch-time", "1");
            assertThat(applied.ok()).as(applied.toString()).isTrue();
            further.goOn(2);

            assertThat(further.end().requests()).isGreaterThan(300);
            assertThat(vip.end().requests()).isGreaterThan(300);
            assertThat(own.end().requests()).isGreaterThan(300);

            assertThat(further.lost()).isEmpty();
            assertThat(vip.lost()).isEmpty();
            assertThat(own.lost()).isEmpty();
        }
        areAt("haproxy-a", 150, STAYS, 162);
        areAt("haproxy-b", OWN, 171);
        assertThat(answer(171).stdout()).contains("haproxy-b");
        assertThat(answer(162).stdout()).contains("haproxy-a");
        assertThat(onLan("haproxy-a")).doesNotContain(SITE.lan(160).toString());
        assertThat(SITE.tandem("status").stdout())
                .contains(SITE.lan(150) + ", " + SITE.lan(STAYS) + ", " + SITE.lan(162))
                .contains("VIP " + SITE.lan(OWN) + " is held by haproxy-b; first at haproxy-b");
    }

    /// Each has what is its own again, and a switchover moves what the holder of the VIP has.
    @Test
    void aBalancerInMaintenanceGivesItsOwnToThePeerAndNothingIsLost() throws Exception {
        try (UnderLoad vip = UnderLoad.at(SITE, 150);
                UnderLoad own = UnderLoad.at(SITE, OWN)) {
            own.goOn(1);
            ok(SITE.tandem("maintenance", "haproxy-b"));
            areAt("haproxy-a", 150, STAYS, OWN);
            assertThat(SITE.tandem("status").stdout())
                    .contains("VIP " + SITE.lan(OWN) + " is held by haproxy-a; first at haproxy-b");
            own.goOn(1);
            ok(SITE.tandem("ready", "haproxy-b"));
            areAt("haproxy-b", OWN);
            ok(SITE.tandem("switchover"));
            areAt("haproxy-b", 150, STAYS, OWN);
            own.goOn(1);
            ok(SITE.tandem("switchover"));
            areAt("haproxy-a", 150, STAYS);
            areAt("haproxy-b", OWN);
            own.goOn(1);
            assertThat(vip.end().requests()).isGreaterThan(200);
            assertThat(own.end().requests()).isGreaterThan(200);

            assertThat(vip.lost()).isEmpty();
            assertThat(own.lost()).isEmpty();
        }
    }

    private static void ok(Output output) {
        assertThat(output.ok()).as(output.toString()).isTrue();
    }

    @Test
    void aBalancerThatDiesLeavesThemToItsPeer() {
        SITE.docker("kill", "haproxy-a");
        try {
            LIVE.masterIs("haproxy-b");
            areAnsweredBy("haproxy-b", STAYS, OWN);
        } finally {
            SITE.docker("start", "haproxy-a");
        }
        LIVE.masterIs("haproxy-a");
        areAt("haproxy-a", STAYS);
        SITE.docker("kill", "haproxy-b");
        try {
            areAnsweredBy("haproxy-a", STAYS, OWN);
        } finally {
            SITE.docker("start", "haproxy-b");
        }
        areAt("haproxy-b", OWN);
        areAnsweredBy("haproxy-b", OWN);
        areAnsweredBy("haproxy-a", 150, STAYS);
    }

    private static void areAnsweredBy(String balancer, int... addresses) {
        for (int last : addresses) {
            TestSite.await(
                    SITE.lan(last) + " answers from " + balancer,
                    () -> answer(last).ok() && answer(last).stdout().contains(balancer));
        }
    }

    /// Keepalived puts it back at the master; elsewhere the init takes it off.
    @Test
    void whatSomebodyDoesToOneByHandIsUndone() {
        byHand("haproxy-a", "del", STAYS);
        areAt("haproxy-a", STAYS);
        byHand("haproxy-b", "add", STAYS);
        areAt("haproxy-a", STAYS);
        byHand("haproxy-b", "del", OWN);
        areAt("haproxy-b", OWN);
        byHand("haproxy-a", "add", OWN);
        areAt("haproxy-b", OWN);
        areAt("haproxy-a", 150, STAYS);
    }

    private static void byHand(String balancer, String what, int last) {
        String script =
                "ip address %s %s/32 dev $(sed -n 's/^.LAN=//p' /run/tandem/lan.conf)"
                        .formatted(what, SITE.lan(last));
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
