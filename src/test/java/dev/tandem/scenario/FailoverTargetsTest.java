package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evidence.Event;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The targets of docs/drills/targets.md that are about some of the requests, or about the VIP: the
/// budget of a drill is about all requests together.
///
/// The times are many times those of a quiet machine. What clients saw counts only where the drill
/// is conclusive; that nothing ran twice, and where the VIP was, counts always.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class FailoverTargetsTest {
    private static final List<RequestClass> QUICK =
            List.of(
                    RequestClass.NEW_HTTP,
                    RequestClass.NEW_HTTPS,
                    RequestClass.KEPT_HTTP,
                    RequestClass.KEPT_HTTPS);

    private static final List<RequestClass> POSTS = List.of(RequestClass.UPLOAD);
    private static final long LATE = Duration.ofSeconds(3).toNanos();
    private static final long FAST = Duration.ofSeconds(4).toNanos();

    @RegisterExtension static final TestSite SITE = TestSite.likeTheCustomers();

    /// A download in the middle and a POST cannot be asked for again; all else can: where no quick
    /// GET is lost, nobody who came was without an answer.
    @ParameterizedTest
    @ValueSource(strings = {"web-kill", "web-hang", "web-refuse", "web-500"})
    void aWebServerThatFailsLosesNoQuickGetAndRunsNoPostTwice(String fault) throws IOException {
        FaultRun run = FaultRun.of(SITE, fault, 2);
        assertThat(run.executed()).isNotEmpty().doesNotHaveDuplicates();
        if (run.isConclusive()) {
            getsAreAnswered(run);
            postsFailFast(run);
            masterTookItOut(run);
        }
    }

    private static void getsAreAnswered(FaultRun run) {
        List<RequestRecord> gets = run.requests(QUICK, Moment.INJECTING);
        assertThat(gets)
                .as(run.fault())
                .isNotEmpty()
                .extracting(RequestRecord::outcome)
                .containsOnly(Outcome.OK);
        assertThat(gets)
                .as(run.fault())
                .allSatisfy(get -> assertThat(get.latency()).isLessThan(LATE));
    }

    private static void postsFailFast(FaultRun run) {
        assertThat(run.requests(POSTS, Moment.INJECTING))
                .as(run.fault())
                .filteredOn(FaultRun::isLost)
                .allSatisfy(post -> assertThat(post.latency()).isLessThan(FAST));
    }

    /// For HTTP and for HTTPS, before the fault was healed.
    private static void masterTookItOut(FaultRun run) {
        List<String> seen =
                run.events(Event.Kind.CHECK, Moment.INJECTING).stream()
                        .filter(event -> event.at() < run.at(Moment.HEALING))
                        .filter(event -> event.node().equals("haproxy-a"))
                        .map(Event::text)
                        .toList();
        assertThat(seen)
                .anyMatch(text -> text.startsWith("sees web/web-a DOWN"))
                .anyMatch(text -> text.startsWith("sees web-tls/web-a DOWN"));
    }

    /// The VIP comes home when the checks of its balancer have passed, and not before.
    @ParameterizedTest
    @CsvSource({"balancer-cut-off, 1000", "balancer-cut-from-servers, 2400"})
    void aCutThatIsHealedLosesNothingMore(String fault, int outage) throws IOException {
        FaultRun run = FaultRun.of(SITE, fault, 6);
        long home = said(run, Event.Kind.VRRP, "MASTER");
        assertThat(home)
                .as("haproxy-a is master again")
                .isGreaterThan(said(run, Event.Kind.PROGRAM, "servers_down=0"));
        if (run.isConclusive()) {
            run.outageIsAtMost(Duration.ofMillis(outage));
            assertThat(run.lost(Moment.HEALING).stream().filter(lost -> isOfHeal(run, lost)))
                    .isEmpty();
        }
        nobodyIsToldTwice(run);
    }

    /// Who is told that there is no web server has to ask again, and comes to the peer.
    private static void nobodyIsToldTwice(FaultRun run) {
        assertThat(run.lost(Moment.INJECTING))
                .filteredOn(lost -> lost.status() == 503)
                .extracting(lost -> lost.kind() + " connected at " + lost.connected())
                .doesNotHaveDuplicates();
    }

    /// A balancer without web servers keeps the connections that it has: the next request of each
    /// is answered 503, and lost by the cut.
    private static boolean isOfHeal(FaultRun run, RequestRecord lost) {
        boolean wasOpen = lost.connected() < run.at(Moment.HEALING);
        boolean answered = lost.status() == 503 && lost.balancer().equals("haproxy-a");
        boolean early = lost.planned() < said(run, Event.Kind.VRRP, "MASTER");
        return !(wasOpen && answered && early);
    }

    /// When haproxy-a said this last, after the heal had begun.
    private static long said(FaultRun run, Event.Kind kind, String text) {
        return run.events(kind, Moment.HEALING).stream()
                .filter(event -> event.node().equals("haproxy-a") && event.text().equals(text))
                .mapToLong(Event::at)
                .max()
                .orElseThrow(() -> new AssertionError("haproxy-a did not say " + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu-starvation", "packet-loss=5%"})
    void neitherFullProcessorsNorALineThatLosesFivePercentMoveTheVip(String fault)
            throws IOException {
        FaultRun run = FaultRun.of(SITE, fault, 10);
        vipStayed(run);
        if (fault.startsWith("packet-loss") && run.isConclusive()) {
            assertThat(run.lost(Moment.INJECTING)).as("no client is on that line").isEmpty();
        }
    }

    /// By Keepalived's own word, and as the LAN saw it.
    private static void vipStayed(FaultRun run) {
        String story = run.story();
        assertThat(run.events(Event.Kind.VRRP, Moment.INJECTING)).as(story).isEmpty();
        assertThat(run.owners())
                .as(story)
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.names()).doesNotContain("haproxy-b"));
    }
}
