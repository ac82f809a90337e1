package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestRecord;
import dev.tandem.scenario.OwnerWatch.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The balancers do not hear each other's VRRP, while all else on the LAN works: both hold the VIP.
/// Clients go on, and it ends when they hear each other again.
///
/// The packets are dropped in the network of haproxy-a, in both directions, by a container beside
/// it: so the moment of the heal is known to a millisecond, which the fault of a drill, that starts
/// a container to heal, cannot tell.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class SplitBrainTest {
    /// So many new connections may be in the middle of their first answer at such a moment.
    private static final int CAUGHT = 2;

    /// A reset comes at once, and is not a limit of time that has run out. The machine may be busy.
    private static final long AT_ONCE = Duration.ofSeconds(2).toNanos();

    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();
    private static final String DEAF = SITE.container("deaf");

    @BeforeAll
    static void begin() {
        Shell.type(
                "docker run --detach --name "
                        + DEAF
                        + " --label dev.tandem.check="
                        + TestSite.CHECK
                        + " --network container:"
                        + SITE.container("haproxy-a")
                        + " --cap-drop ALL --cap-add NET_ADMIN --entrypoint sleep "
                        + SITE.balancerImage()
                        + " 600");
    }

    @AfterAll
    static void takeDown() {
        Shell.run(SITE.directory(), "docker", "rm", "--force", DEAF);
    }

    /// The site waits until all is well.
    @AfterEach
    void theyHearEachOther() {
        Shell.run(SITE.directory(), "docker", "exec", DEAF, "nft", "delete table inet deaf");
    }

    @Test
    void clientsGoOnAndASecondAfterTheHealThereIsOneOwner() throws Exception {
        String a = SITE.fact("haproxy-a", "mac");
        String b = SITE.fact("haproxy-b", "mac");
        try (LanClient old = LanClient.of(SITE, "client-old");
                LanClient fresh = LanClient.of(SITE, "client-new");
                OwnerWatch watch = OwnerWatch.of(SITE, SITE.container("haproxy-b"), 152);
                UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(3);
            assertThat(old.ask(1)).containsOnly("http 200", "https 200");
            drop();
            TestSite.await("both claim the VIP", () -> watch.now().contains(","));
            for (int time = 0; time < 8; time++) {
                fresh.forget();
                assertThat(old.ask(1)).containsOnly("http 200", "https 200");
                assertThat(fresh.ask(1)).containsOnly("http 200", "https 200");
                assertThat(fresh.owner()).isIn(a, b);
            }
            load.goOn(2);

            double healed = heal();
            TestSite.await("one claims it", () -> watch.now().equals(a));
            assertThat(fresh.ask(1)).containsOnly("http 200", "https 200");
            assertThat(fresh.owner()).isEqualTo(a);
            load.goOn(3);

            load.end();
            assertThat(oneOwner(watch) - healed).as("seconds to one owner").isLessThan(1);
            newOnesAreServed(load.lost(), new OwnerMoves(load, watch.spans()));
            assertThat(old.ask(1)).containsOnly("http 200", "https 200");
            assertThat(old.owner()).as("who only listened").isEqualTo(a);
        }
    }

    /// A connection that one balancer has taken ends at once, mostly by a reset, when the LAN's
    /// opinion of who holds the VIP changes before its answer is there: who does not hear its peer
    /// cannot ask it for that connection. It changes a few times, and an answer takes milliseconds.
    /// All others are served.
    private static void newOnesAreServed(List<RequestRecord> lost, OwnerMoves moves) {
        List<RequestRecord> fresh = lost.stream().filter(UnderLoad::isNew).toList();
        assertThat(fresh)
                .as(() -> "owners: " + moves.owners())
                .hasSizeLessThanOrEqualTo(CAUGHT)
                .allSatisfy(one -> {
                    assertThat(moves.caught(one)).isTrue();
                    assertThat(one.outcome()).isIn(Outcome.RESET, Outcome.CUT_SHORT);
                    // It may be reset before the client has noticed that it is connected.
                    long began = Math.max(one.sent(), one.connected());
                    assertThat(began).isNotNegative();
                    assertThat(one.done() - began).isLessThan(AT_ONCE);
                });
    }

    private static void drop() {
        String rules =
                """
                add table inet deaf
                add chain inet deaf in { type filter hook prerouting priority -400; }
                add rule inet deaf in ip protocol 112 drop
                add chain inet deaf out { type filter hook output priority -400; }
                add rule inet deaf out ip protocol 112 drop
                """;
        Shell.answer("docker", "exec", DEAF, "nft", rules);
    }

    /// The moment at which they hear each other again, in seconds since 1970.
    private static double heal() {
        String command = "nft delete table inet deaf && date +%s.%N";
        return Double.parseDouble(Shell.answer("docker", "exec", DEAF, "sh", "-c", command));
    }

    /// When the watch saw the last change, to one owner.
    private static double oneOwner(OwnerWatch watch) {
        List<Span> spans = watch.spans();
        return spans.getLast().at();
    }
}
