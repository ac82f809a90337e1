package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.LoadResult;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Open connections outlive a move of the VIP, as clients see it.
@Tag("containers")
@Tag("slow")
class HandoverTest {
    private static final List<String> BALANCERS = List.of("haproxy-a", "haproxy-b");
    private static final TestSite SITE =
            TestSite.of(
                    """
                    vip:
                      address: 192.168.0.150
                    balancers:
                      haproxy-a:
                      haproxy-b:
                    servers:
                      web-a: {content: ./pages}
                      web-b: {content: ./pages}
                    """);

    @BeforeAll
    static void bringUp() {
        UnderLoad.provide(SITE);
        SITE.up();
    }

    @AfterAll
    static void takeDown() {
        SITE.close();
    }

    @AfterEach
    void everythingIsWellAgain() {
        masterIs("haproxy-a");
        SITE.awaitWell();
    }

    @Test
    void twoSwitchoversAndTheirFailbacksLoseNothingAndResetNothing() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(3);
            for (int round = 0; round < 2; round++) {
                leaving("1");
                masterIs("haproxy-b");
                load.goOn(4);
                leaving("0");
                masterIs("haproxy-a");
                load.goOn(4);
            }

            LoadResult result = load.end();

            assertThat(load.lost()).isEmpty();
            assertThat(result.lostInSilence()).isZero();
            assertThat(result.requests()).isGreaterThan(2000);
        } finally {
            leaving("0");
        }
        assertThat(counter("sent_on")).as("packets that the new master sent on").isPositive();
    }

    @Test
    void aBalancerThatIsStoppedAndStartedLosesNothing() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(3);
            SITE.docker("stop", "haproxy-a");
            masterIs("haproxy-b");
            load.goOn(2);
            SITE.docker("start", "haproxy-a");
            masterIs("haproxy-a");
            load.goOn(6);

            load.end();

            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void ofAHaproxyThatIsKilledOnlyThatIsLostWhichItHad() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(3);
            long before = load.nanos();
            kill("KILL", "haproxy");
            long after = load.nanos();
            load.goOn(6);

            load.end();

            assertThat(load.lost())
                    .allSatisfy(record -> {
                        assertThat(record.outcome()).isNotEqualTo(Outcome.REFUSED);
                        assertThat(record.done()).isGreaterThanOrEqualTo(before);
                    })
                    .filteredOn(HandoverTest::isNew)
                    .allSatisfy(record -> assertThat(record.sent()).isLessThanOrEqualTo(after));
        }
    }

    @Test
    void ofAFrozenBalancerTheKernelSendsNewConnectionsToThePeer() throws Exception {
        SITE.docker("pause", "haproxy-a");
        try {
            TestSite.await("haproxy-b answers for the VIP", () -> owners().contains("haproxy-b"));
            // Its kernel still answers ARP for the VIP, so some of these come to it.
            for (int call = 0; call < 20; call++) {
                Shell.run(SITE.directory(), "ip", "neigh", "del", vip(), "dev", bridge());
                assertThat(SITE.curl("--fail", "http://" + vip() + "/").exit()).isZero();
            }
        } finally {
            SITE.docker("unpause", "haproxy-a");
        }
    }

    @Test
    void aKeepalivedThatHangsIsReplacedAndTheVipHasOneOwner() {
        kill("STOP", "keepalived");

        TestSite.await("its init notices", () -> logs().contains("keepalived hangs: stopped"));
        masterIs("haproxy-a");
    }

    private static boolean isNew(RequestRecord record) {
        return record.kind() == RequestClass.NEW_HTTP || record.kind() == RequestClass.NEW_HTTPS;
    }

    private static void masterIs(String balancer) {
        String only = "[" + balancer + "]";
        TestSite.await(balancer + " holds the VIP, alone", () -> owners().equals(only));
    }

    private static String owners() {
        return SITE.vipOwners(BALANCERS).toString();
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
        String script =
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" = "
                        + program
                        + " ] && kill -"
                        + signal
                        + " ${p#/proc/}; done; true";
        assertThat(SITE.exec("haproxy-a", "sh", "-c", script).ok()).isTrue();
    }

    private static int counter(String name) {
        String list = "nft list counter ip handover " + name;
        String text = SITE.exec("haproxy-b", list.split(" ", -1)).stdout();
        return Integer.parseInt(text.replaceAll("(?s).*packets (\\d+) .*", "$1"));
    }

    private static String logs() {
        return Shell.run(SITE.directory(), "docker", "logs", SITE.container("haproxy-a")).stderr();
    }
}
