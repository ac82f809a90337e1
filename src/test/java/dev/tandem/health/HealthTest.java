package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.PlannedSite;
import dev.tandem.docker.Container;
import dev.tandem.model.Duty;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.InitSeen;
import dev.tandem.observe.InitSeen.Program;
import dev.tandem.observe.InitSeen.Program.State;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What makes a site good, and what does not.
class HealthTest {
    private static final Snapshot NOTHING =
            new Snapshot(
                    Map.of(),
                    Map.of(
                            "haproxy-a", new BalancerSeen.Silent("not running"),
                            "haproxy-b", new BalancerSeen.Silent("not running")));

    private final PlannedSite ground = new PlannedSite();
    private Snapshot snapshot = Sample.healthy();
    private Orders orders = Orders.NONE;
    private Map<String, String> asked = Map.of();
    private boolean fromHere = true;
    private Optional<String> openChange = Optional.empty();
    private String certificateEnds = "2027-11-22T12:00:00Z";

    private Health health() {
        return Health.of(
                new Observed(
                        Sample.site(),
                        orders,
                        snapshot,
                        fromHere
                                ? Optional.of(
                                        new Observed.Built(
                                                new Lan.Bridge(), ground.wanted(), ground.seen()))
                                : Optional.empty(),
                        openChange,
                        new CertificateTerm(certificateEnds, Instant.parse("2026-11-22T12:00:00Z")),
                        asked));
    }

    @Test
    void aSiteThatServesAndIsInStepIsGood() {
        assertThat(health().lacks()).isEmpty();
        assertThat(health().drift()).isEmpty();
        assertThat(health().good()).isTrue();
    }

    /// At both balancers, over HTTP and HTTPS, taken together.
    @Test
    void aWebServerThatFailsItsClientsMakesASiteUnwell() {
        served(new Recent(60, 100, 3, 0, 1), new Recent(58, 100, 3, 0, 1));
        assertThat(health().lacks()).isEmpty();

        served(new Recent(60, 100, 21, 0, 2), new Recent(58, 100, 3, 0, 1));

        assertThat(health().lacks())
                .containsExactly(new Lack.FailsClients("web-a", new Recent(60, 400, 48, 0, 6)));
        assertThat(health().well()).isFalse();
    }

    /// How web-a has served lately, in each of the two backends of each balancer.
    private void served(Recent atA, Recent atB) {
        snapshot =
                new Snapshot(
                        snapshot.containers(),
                        Map.of(
                                "haproxy-a", Sample.seeing(Sample.master(), one -> with(one, atA)),
                                "haproxy-b", Sample.seeing(Sample.backup(), one -> with(one, atB))),
                        snapshot.ownServers());
    }

    private static ServerSeen with(ServerSeen one, Recent recent) {
        return new ServerSeen(
                one.backend(),
                one.server(),
                one.status(),
                one.check(),
                one.weight(),
                Optional.of(one.server().equals("web-a") ? recent : Recent.NONE));
    }

    /// One that a signal has stopped is asked nothing, while others go on serving.
    @Test
    void aProgramThatIsStoppedOrGoneMakesASiteUnwellAndNamesItsCure() {
        runs(new Program("haproxy", State.RUNS, 17), new Program("outliers", State.RUNS, 20));
        assertThat(health().lacks()).isEmpty();

        runs(new Program("haproxy", State.STOPPED, 17), new Program("outliers", State.GONE, 20));

        assertThat(health().lacks())
                .extracting(Lack::sentence)
                .containsExactly(
                        "haproxy-a: a signal has stopped its haproxy, which may serve, but loads"
                                + " nothing new: docker exec tandem-haproxy-a sh -c"
                                + " 'kill -s CONT -- -17' lets it go on",
                        "haproxy-a: its outliers does not run, so web servers that fail their"
                                + " clients stay in rotation; tandem logs haproxy-a says why,"
                                + " docker restart tandem-haproxy-a starts it");
    }

    private void runs(Program... programs) {
        InitSeen init = new InitSeen(Optional.empty(), List.of(), List.of(), List.of(programs));
        BalancerSeen.Answered one = Sample.master();
        snapshot =
                new Snapshot(
                        snapshot.containers(),
                        Map.of(
                                "haproxy-a",
                                Sample.standing(one, one.standing().withInit(init)),
                                "haproxy-b",
                                Sample.backup()));
    }

    @Test
    void theHostsOwnRouteIsMissedWhenItIsGoneOrUnwell() {
        ground.stamps.put("lan-route", "1");
        assertThat(health().lacks()).containsExactly(new Lack.NotRunning("lan-route", "absent"));

        lanRoute("Up 2 hours (healthy)");
        assertThat(health().lacks()).isEmpty();
        lanRoute("Up 2 hours (unhealthy)");
        assertThat(health().lacks())
                .containsExactly(new Lack.Unwell("lan-route", "tandem-lan-route"));
    }

    private void lanRoute(String status) {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        Container like = Sample.container("lan-route", "running", "1");
        containers.put(
                "lan-route",
                new Container(
                        like.name(),
                        like.service(),
                        like.state(),
                        status,
                        like.image(),
                        like.project(),
                        like.directory(),
                        "lan-route",
                        like.stamp()));
        snapshot = new Snapshot(containers, Sample.healthy().balancers());
    }

    @Test
    void aContainerThatDockerWouldNotStartAgainIsDrift() {
        ground.restart("web-b", "no");

        assertThat(health().drift())
                .extracting(Drift::sentence)
                .containsExactly(
                        "web-b has the restart policy no, not unless-stopped: Docker may not start"
                                + " it again");
    }

    @Test
    void driftDoesNotMakeASiteUnwell() {
        ground.stamps.put("web-b", "2");
        assertThat(health().drift()).containsExactly(new Drift.Older("web-b"));
        assertThat(health().well()).isTrue();
        assertThat(health().inStep()).isFalse();
        assertThat(health().good()).isFalse();
    }

    @Test
    void anExpiringCertificateMakesASiteUnwell() {
        certificateEnds = "2026-11-23T00:00:00Z";
        assertThat(health().lacks())
                .containsExactly(new Lack.Ending(certificateEnds, "tandem up renews it"));
        assertThat(health().well()).isFalse();
        assertThat(health().inStep()).isTrue();
    }

    @Test
    void aChangeThatHasNotEndedIsDrift() {
        openChange = Optional.of("the apply of yesterday");
        assertThat(health().drift())
                .containsExactly(new Drift.OpenChange("the apply of yesterday"));
    }

    @Test
    void aSiteBroughtUpElsewhereIsNotKnownToBeInStep() {
        fromHere = false;
        assertThat(health().drift()).containsExactly(new Drift.NotFromHere());
        assertThat(health().picture().lan()).isEmpty();
    }

    @Test
    void aSiteThatWasNeverUpHasNoDrift() {
        fromHere = false;
        snapshot = NOTHING;
        assertThat(health().picture().absent()).isTrue();
        assertThat(health().drift()).isEmpty();
        assertThat(health().well()).isFalse();
    }

    @Test
    void aSiteThatFollowsItsOrdersIsWell() {
        snapshot =
                new Snapshot(
                        Sample.healthy().containers(),
                        Map.of(
                                "haproxy-a",
                                drained(Sample.master()),
                                "haproxy-b",
                                drained(Sample.backup())));
        assertThat(health().lacks()).hasSize(4);
        orders = Orders.NONE.with("web-b", new ServerOrder(ServerOrder.State.DRAIN, 100));
        assertThat(health().lacks()).isEmpty();
    }

    private static BalancerSeen.Answered drained(BalancerSeen.Answered all) {
        return Sample.seeing(
                all,
                s ->
                        s.server().equals("web-b")
                                ? new ServerSeen(s.backend(), s.server(), "DRAIN", s.check())
                                : s);
    }

    @Test
    void aSiteWithoutABalancerThatStandsByIsNotWell() {
        orders = Orders.NONE.with("haproxy-b", Duty.MAINTENANCE);
        asked = Map.of("haproxy-b", "since 2026-11-22T11:00:00Z, by root@bl1");

        assertThat(health().well()).isFalse();
        assertThat(health().lacks())
                .extracting(Lack::sentence)
                .contains(
                        "haproxy-b: it is in maintenance since 2026-11-22T11:00:00Z, by root@bl1:"
                                + " no balancer stands by; tandem ready haproxy-b");
    }
}
