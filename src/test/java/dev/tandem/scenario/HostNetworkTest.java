package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.RequestClass;
import dev.tandem.scenario.OwnerWatch.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A balancer dies and leaves its VIP behind, because the network that the VIP is on is not its own
/// but its host's. The kernel of that host goes on answering ARP for the VIP; clients must not
/// notice.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class HostNetworkTest {
    @RegisterExtension static final TestSite SITE = TestSite.forLoad();
    private static final List<String> NODES = List.of("node-a", "node-b");
    private static final HostNode A = new HostNode(SITE, "haproxy-a", "node-a");
    private static final HostNode B = new HostNode(SITE, "haproxy-b", "node-b");
    private static final List<AutoCloseable> BESIDE = new ArrayList<>();

    @BeforeAll
    static void bringUp() {
        A.replace();
        B.replace();
        SITE.ownerIs("node-a", NODES);
    }

    @AfterAll
    static void takeDown() {
        A.close();
        B.close();
    }

    @AfterEach
    void everythingIsWellAgain() throws Exception {
        for (AutoCloseable each : BESIDE) {
            each.close();
        }
        BESIDE.clear();
        Shell.type("docker start " + SITE.container("haproxy-a"));
        SITE.ownerIs("node-a", NODES);
    }

    /// Open connections die with their balancer; of an idle one the client notices when it asks
    /// again, seconds later. Everybody else is served by the peer.
    @Test
    void aVipThatIsLeftBehindHarmsNobody() throws Exception {
        LanClient old = client("client-old");
        assertThat(old.ask(1)).containsOnly("http 200", "https 200");
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(3);
            SITE.docker("kill", "haproxy-a");
            long limit = load.nanos() + Duration.ofSeconds(2).toNanos();

            assertThat(A.holdsVip()).as("nobody took it off").isTrue();
            TestSite.await("the peer has it, too", B::holdsVip);
            assertThat(old.ask(1)).containsOnly("http 200", "https 200");
            assertThat(old.owner()).as("by the peer's announcement").isEqualTo(B.mac());
            everyClientIsServedWhicheverNodeAnswersArp();
            load.goOn(4);

            load.end();
            assertThat(load.lost())
                    .filteredOn(record -> record.kind() != RequestClass.IDLE)
                    .allSatisfy(record -> assertThat(record.planned()).isLessThan(limit));
        }
        assertThat(A.holdsVip()).as("still there").isTrue();
    }

    /// Clients that have to ask the LAN now. Both nodes answer them.
    private static void everyClientIsServedWhicheverNodeAnswersArp() {
        LanClient fresh = client("client-new");
        for (int time = 0; time < 10; time++) {
            fresh.forget();
            assertThat(fresh.ask(1)).containsOnly("http 200", "https 200");
        }
    }

    @Test
    void theVipThatWasLeftBehindIsTakenOffBeforeItIsWonAgain() throws Exception {
        OwnerWatch watch = OwnerWatch.of(SITE, SITE.container("node-b"), 152);
        BESIDE.add(watch);
        LanClient client = client("client-old");
        SITE.docker("kill", "haproxy-a");
        TestSite.await("both claim it", () -> watch.now().equals(both()));
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(1);
            SITE.docker("start", "haproxy-a");
            TestSite.await("its own again", () -> watch.now().equals(A.mac()));
            load.goOn(4);

            load.end();
            assertThat(load.lost()).isEmpty();
        }
        assertThat(watch.spans().stream().map(Span::macs).toList())
                .as("it was the peer's alone in between")
                .containsSubsequence(both(), B.mac(), A.mac());
        assertThat(A.logged().toString())
                .containsSubsequence("took the VIP off", "keepalived started", "VRRP MASTER");
        assertThat(client.ask(1)).containsOnly("http 200", "https 200");
        assertThat(client.owner()).isEqualTo(A.mac());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "haproxy keepalived container",
                "haproxy container keepalived",
                "keepalived haproxy container",
                "keepalived container haproxy",
                "container haproxy keepalived",
                "container keepalived haproxy"
            })
    void whateverDiesInWhateverOrderOneOwnerServesInTheEnd(String order) {
        LanClient client = client("client");
        for (String part : order.split(" ", -1)) {
            if (part.equals("container")) {
                A.crash();
            } else {
                A.kill(part);
            }
        }

        SITE.ownerIs("node-a", NODES);
        assertThat(B.holdsVip()).isFalse();
        assertThat(client.ask(2)).containsOnly("http 200", "https 200");
        assertThat(client.owner()).isEqualTo(A.mac());
    }

    private static LanClient client(String name) {
        LanClient client = LanClient.of(SITE, name);
        BESIDE.add(client);
        return client;
    }

    private static String both() {
        return String.join(",", List.of(A.mac(), B.mac()).stream().sorted().toList());
    }
}
