package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.LoadResult;
import dev.tandem.load.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Open connections outlive a move of the VIP, as clients see it.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class HandoverTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    @Test
    void twoSwitchoversAndTheirFailbacksLoseNothingAndResetNothing() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            for (int round = 0; round < 2; round++) {
                leaving("1");
                LIVE.masterIs("haproxy-b");
                load.goOn(3);
                leaving("0");
                LIVE.masterIs("haproxy-a");
                load.goOn(3);
            }

            LoadResult result = load.end();

            assertThat(load.lost()).isEmpty();
            assertThat(result.lostInSilence()).isZero();
            assertThat(result.requests()).isGreaterThan(1000);
        } finally {
            leaving("0");
        }
        assertThat(counter("sent_on")).as("packets that the new master sent on").isPositive();
    }

    @Test
    void aBalancerThatIsStoppedAndStartedLosesNothing() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            SITE.docker("stop", "haproxy-a");
            LIVE.masterIs("haproxy-b");
            load.goOn(2);
            SITE.docker("start", "haproxy-a");
            LIVE.masterIs("haproxy-a");
            load.goOn(4);

            load.end();

            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void ofAHaproxyThatIsKilledOnlyThatIsLostWhichItHad() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            long before = load.nanos();
            kill("KILL", "haproxy");
            long after = load.nanos();
            load.goOn(4);

            load.end();

            assertThat(load.lost())
                    .allSatisfy(record -> {
                        assertThat(record.outcome()).isNotEqualTo(Outcome.REFUSED);
                        assertThat(record.done()).isGreaterThanOrEqualTo(before);
                    })
                    .filteredOn(UnderLoad::isNew)
                    .allSatisfy(record -> assertThat(record.sent()).isLessThanOrEqualTo(after));
        }
    }

    @Test
    void ofAFrozenBalancerTheKernelSendsNewConnectionsToThePeer() throws Exception {
        SITE.docker("pause", "haproxy-a");
        try {
            TestSite.await(
                    "haproxy-b answers for the VIP",
                    () -> SITE.vipOwners(LiveSite.BALANCERS).contains("haproxy-b"));
            // Its kernel still answers ARP for the VIP, so some of these come to it.
            for (int call = 0; call < 20; call++) {
                Shell.run(SITE.directory(), "ip", "neigh", "del", vip(), "dev", bridge());
                assertThat(SITE.curl("--fail", "http://" + vip() + "/").exit()).isZero();
            }
        } finally {
            SITE.docker("unpause", "haproxy-a");
        }
    }

    /// What carries on connections is HAProxy, whatever becomes of the Keepalived beside it.
    @Test
    void whatHaproxyHasOutlivesItsKeepalived() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            for (String signal : new String[] {"KILL", "TERM", "STOP"}) {
                kill(signal, "keepalived");
                load.goOn(3);
                LIVE.masterIs("haproxy-a");
            }

            LoadResult result = load.end();

            assertThat(load.lost()).isEmpty();
            assertThat(result.lostInSilence()).isZero();
        }
    }

    @Test
    void aKeepalivedThatHangsIsReplacedAndTheVipHasOneOwner() {
        kill("STOP", "keepalived");

        TestSite.await(
                "its init notices",
                () -> SITE.log("haproxy-a").contains("keepalived hangs: stopped"));
        LIVE.masterIs("haproxy-a");
    }

    private static String vip() {
        return SITE.lan(150).toString();
    }

    private static String bridge() {
        String id = Shell.answer("docker", "network", "inspect", "-f", "{{.Id}}", lanNetwork());
        return "br-" + id.substring(0, 12);
    }

    private static String lanNetwork() {
        return SITE.name() + "_lan";
    }

    private static void leaving(String value) {
        String script = "echo " + value + " > /run/tandem/leaving";
        assertThat(SITE.exec("haproxy-a", "sh", "-c", script).ok()).isTrue();
    }

    private static void kill(String signal, String program) {
        assertThat(SITE.signal(signal, "haproxy-a", program)).as(program + " runs").isTrue();
    }

    private static int counter(String name) {
        String list = "nft list counter ip handover " + name;
        String text = SITE.exec("haproxy-b", list.split(" ", -1)).stdout();
        return Integer.parseInt(text.replaceAll("(?s).*packets (\\d+) .*", "$1"));
    }
}
