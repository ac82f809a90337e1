package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans, compared as the text that a user reads.
class PlannerTest {
    private static final ServerOrder DRAIN = new ServerOrder(ServerOrder.State.DRAIN, 100);

    private final PlannedSite ground = new PlannedSite();

    private void configure(String file, Loadable part) {
        ground.changes("haproxy-a", file, part);
        ground.changes("haproxy-b", file, part);
    }

    @Test
    void whatIsAsWantedNeedsNothing() {
        assertThat(ground.plan()).isEmpty();
    }

    @Test
    void aFreshSiteIsMadeServersFirstAndTheMasterLast() {
        ground.boxes.clear();
        ground.balancers.clear();
        ground.webServers.clear();
        ground.holders.clear();
        ground.present.clear();
        ground.written.clear();
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        create     web-a      there is no container
                        create     web-b      there is no container
                        create     haproxy-b  there is no container
                        create     haproxy-a  there is no container\
                        """);
    }

    @Test
    void aConfigurationIsChangedAtTheBackupFirstAndAtTheMasterBehindIt() {
        configure("haproxy.cfg", Loadable.HAPROXY);
        ground.site = Edit.check(ground.site, "/health");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: backend.check: / → /health
                        probe      haproxy-b  before it gets traffic
                        switchover haproxy-b  haproxy-a is changed next
                        watch      haproxy-b  with what was changed
                        reload     haproxy-a  haproxy.cfg: backend.check: / → /health
                        probe      haproxy-a  before it gets traffic
                        home       haproxy-a  as the site file has it\
                        """);
    }

    @Test
    void whatAMachineCannotDoIsNotAskedOfItAgainAndAgain() {
        ground.shouldLoad("haproxy-a", Loadable.HANDOVER, "2");
        ground.hasLoaded("haproxy-a", Loadable.HANDOVER, "1");
        assertThat(ground.plan()).contains("reload     haproxy-a");

        ground.hasLoaded("haproxy-a", Loadable.HANDOVER, "impossible");
        assertThat(ground.plan()).isEmpty();
    }

    @Test
    void theHolderOfTheVipIsChangedLastWhicheverItIs() {
        ground.holders.clear();
        ground.holders.add("haproxy-b");
        ground.orders = Orders.NONE.with("haproxy-a", Duty.YIELD);
        ground.answers("haproxy-a", Duty.YIELD);
        configure("haproxy.cfg", Loadable.HAPROXY);
        assertThat(ground.plan().lines().filter(line -> line.startsWith("reload")))
                .map(line -> line.substring(11, 20))
                .containsExactly("haproxy-a", "haproxy-b");
        assertThat(ground.plan()).endsWith("home       haproxy-b  as the site file has it");
    }

    @Test
    void aCertificateNeedsNoReloadOfHaproxy() {
        ground.files.put("tls/balancer/site.pem", "2");
        ground.shouldLoad("haproxy-a", Loadable.CERTIFICATE, "2");
        ground.shouldLoad("haproxy-b", Loadable.CERTIFICATE, "2");
        assertThat(ground.plan().lines().filter(line -> line.startsWith("reload")))
                .allMatch(line -> line.contains("  certificate: "))
                .hasSize(2);
    }

    @Test
    void aContainerIsReplacedOneAtATimeEachBehindAnother() {
        ground.stamps.replaceAll((_, _) -> "2");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        drain      web-a      its container is replaced next
                        replace    web-a      its image changed, or this version of Tandem creates it differently
                        ready      web-a      its container was replaced
                        drain      web-b      its container is replaced next
                        replace    web-b      its image changed, or this version of Tandem creates it differently
                        ready      web-b      its container was replaced
                        replace    haproxy-b  its image changed, or this version of Tandem creates it differently
                        probe      haproxy-b  before it gets traffic
                        switchover haproxy-b  haproxy-a is changed next
                        watch      haproxy-b  with what was changed
                        replace    haproxy-a  its image changed, or this version of Tandem creates it differently
                        probe      haproxy-a  before it gets traffic
                        home       haproxy-a  as the site file has it\
                        """);
    }

    @Test
    void aWebServerThatIsNewIsThereBeforeTheBalancersUseIt() {
        ground.site =
                Sample.serving(
                        ground.site,
                        List.of(
                                Sample.own("web-a", "172.20.0.2"),
                                Sample.own("web-b", "172.20.0.3"),
                                Sample.own("web-c", "172.20.0.4")));
        ground.stamps.put("web-c", "1");
        ground.files.put("web-c/nginx.conf", "1");
        configure("haproxy.cfg", Loadable.HAPROXY);
        assertThat(ground.plan())
                .startsWith("create     web-c      there is no container\nreload     haproxy-b");
    }

    @Test
    void aWebServerThatLeavesIsRemovedWhenNoBalancerUsesItAnyMore() {
        ground.site = Sample.serving(ground.site, List.of(Sample.own("web-a", "172.20.0.2")));
        ground.stamps.remove("web-b");
        ground.files.remove("web-b/nginx.conf");
        configure("haproxy.cfg", Loadable.HAPROXY);
        assertThat(ground.plan())
                .startsWith("reload     haproxy-b")
                .endsWith("remove     web-b      no longer in the site");
    }

    @Test
    void aBalancerThatLeavesGoesBeforeTheOthersForgetIt() {
        ground.runs("haproxy-c", "balancer");
        configure("keepalived.conf", Loadable.KEEPALIVED);
        assertThat(ground.plan())
                .startsWith("remove     haproxy-c  no longer in the site\nreload     haproxy-b");
        assertThat(Planner.plan(ground.wanted(), ground.seen()).gaps())
                .containsExactly(
                        "without a hand-over,"
                                + " connections that are open when the VIP moves are reset");
    }

    @ParameterizedTest
    @CsvSource({
        "exited, start      web-a  it is exited",
        "created, start      web-a  it is created",
        "paused, unpause    web-a  it is paused"
    })
    void aWebServerThatDoesNotRunIsBroughtBack(String state, String step) {
        ground.state("web-a", state);
        assertThat(ground.plan()).isEqualTo(step);
    }

    @Test
    void aBackupThatDoesNotRunIsBroughtBackAndProbed() {
        ground.state("haproxy-b", "exited");
        ground.balancers.remove("haproxy-b");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        start      haproxy-b  it is exited
                        probe      haproxy-b  before it gets traffic\
                        """);
    }

    @Test
    void anOrderIsSetAtEachBalancerWithoutAReload() {
        ground.orders = Orders.NONE.with("web-a", DRAIN);
        ground.files.put("haproxy-a/servers.state", "2");
        ground.files.put("haproxy-b/servers.state", "2");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        set        haproxy-b  web-a drain: asked for
                        set        haproxy-a  web-a drain: asked for\
                        """);
    }

    @Test
    void anOrderThatIsFollowedNeedsNothing() {
        ground.orders = Orders.NONE.with("web-a", DRAIN);
        ground.treats("haproxy-a", "web-a", DRAIN, Seen.Use.OUT);
        ground.treats("haproxy-b", "web-a", DRAIN, Seen.Use.OUT);
        assertThat(ground.plan()).isEmpty();
    }

    @Test
    void aDrainedWebServerThatIsDownIsNotOrderedAgain() {
        ground.orders = Orders.NONE.with("web-a", DRAIN);
        ground.treats("haproxy-a", "web-a", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "web-a", DRAIN, Seen.Use.OUT);
        assertThat(ground.plan()).isEmpty();
    }

    @Test
    void whatSomebodySetByHandIsTakenBackAndSaid() {
        ground.treats("haproxy-a", "web-b", DRAIN, Seen.Use.OUT);
        assertThat(ground.plan())
                .isEqualTo("set        haproxy-a  web-b ready: not requested: changed outside");
    }

    @Test
    void aMasterThatYieldsForAnInterruptedChangeIsBroughtHome() {
        ground.answers("haproxy-a", Duty.YIELD);
        ground.present.put("haproxy-a/duty", "yielding");
        ground.holders.clear();
        ground.holders.add("haproxy-b");
        ground.interrupted = Optional.of("the apply of yesterday, which was interrupted");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        duty       haproxy-a  serve: left by the apply of yesterday, which was interrupted
                        home       haproxy-a  the first that serves\
                        """);
    }

    @Test
    void maintenanceMovesTheVipToTheOther() {
        ground.orders = Orders.NONE.with("haproxy-a", Duty.MAINTENANCE);
        ground.files.put("haproxy-a/duty", "2");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        duty       haproxy-a  maintenance: asked for
                        home       haproxy-b  the first that serves\
                        """);
    }

    @Test
    void aFileThatSomebodyEditedIsWrittenAgain() {
        ground.present.put("haproxy-a/haproxy.cfg", "edited");
        assertThat(ground.plan())
                .isEqualTo("write      haproxy-a  haproxy-a/haproxy.cfg: changed outside");
    }

    @Test
    void anEditedFileThatWasLoadedIsLoadedAgainBehindTheOther() {
        ground.present.put("haproxy-a/haproxy.cfg", "edited");
        ground.hasLoaded("haproxy-a", Loadable.HAPROXY, "edited");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        switchover haproxy-b  haproxy-a is changed next
                        reload     haproxy-a  haproxy.cfg: changed outside
                        probe      haproxy-a  before it gets traffic
                        home       haproxy-a  as the site file has it\
                        """);
    }

    @Test
    void aWebServerThatDoesNotSayWhatItLoadedLoadsItAgain() {
        ground.webServers.put("web-b", Map.of());
        assertThat(ground.plan())
                .isEqualTo("reload     web-b  nginx.conf: it did not report what it has loaded");
    }

    @Test
    void onlyOrdersAreFollowedByAVerbForANode() {
        configure("haproxy.cfg", Loadable.HAPROXY);
        ground.state("web-b", "exited");
        ground.orders = Orders.NONE.with("web-a", new ServerOrder(ServerOrder.State.READY, 20));
        assertThat(Planner.ordersOnly(ground.wanted(), ground.seen()).toString())
                .isEqualTo(
                        """
                        set        haproxy-b  web-a ready 20%: asked for
                        set        haproxy-a  web-a ready 20%: asked for\
                        """);
    }

    @Test
    void anAddressThatSomebodyAddedIsTakenOff() {
        ground.hasAddress("haproxy-b", "192.168.0.77/24", "eth0");
        assertThat(ground.plan())
                .isEqualTo(
                        "unassign   haproxy-b  192.168.0.77/24 on eth0: not requested: changed"
                                + " outside");
    }

    @Test
    void anAddressOfAnEarlierStateGoesWithTheContainerOrTheConfigurationThatHadIt() {
        ground.hasAddress("haproxy-b", "192.168.0.160/24", "eth0");
        ground.stamps.put("haproxy-b", "2");
        assertThat(ground.plan()).contains("replace").doesNotContain("unassign");
        ground.stamps.put("haproxy-b", "1");
        ground.changes("haproxy-b", "keepalived.conf", Loadable.KEEPALIVED);
        assertThat(ground.plan()).contains("reload").doesNotContain("unassign");
    }

    @Test
    void aWebServerThatAnInterruptedChangeLeftDrainedIsReadyBeforeTheNextIsDrained() {
        ground.stamps.put("web-a", "2");
        ground.stamps.put("web-b", "2");
        ground.treats("haproxy-a", "web-a", DRAIN, Seen.Use.OUT);
        ground.treats("haproxy-b", "web-a", DRAIN, Seen.Use.OUT);
        assertThat(ground.plan().lines().map(line -> line.substring(0, 16).replaceAll(" +", " ")))
                .containsExactly(
                        "replace web-a",
                        "ready web-a",
                        "drain web-b",
                        "replace web-b",
                        "ready web-b");
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void aWebServerThatMovesIsInRotationAgainWhenTheBalancersKnowItsAddress() {
        ground.stamps.put("web-a", "2");
        ground.site = Edit.address(ground.site, "web-a", "172.20.0.9");
        configure("haproxy.cfg", Loadable.HAPROXY);
        assertThat(ground.plan())
                .startsWith("drain      web-a ")
                .doesNotContain("ready ")
                .contains("\nreplace    web-a ");
    }

    @Test
    void anotherVipIsAGapThatIsSaidBefore() {
        ground.site = Edit.vip(ground.site, "192.168.0.160");
        ground.stamps.put("haproxy-a", "2");
        assertThat(Planner.plan(ground.wanted(), ground.seen()).gaps())
                .containsExactly(
                        "vip.address: 192.168.0.150 → 192.168.0.160: clients of the old address are"
                                + " no longer served");
    }

    @Test
    void aFurtherVipThatGoesIsAGapAndOneThatComesIsNone() {
        Site before = Edit.more(ground.site, "192.168.0.160", "192.168.0.161");
        Site after = Edit.more(ground.site, "192.168.0.161", "192.168.0.162");
        assertThat(Moves.of(before, after).more().stream().map(Difference::text))
                .containsExactly(
                        "vip.more: [192.168.0.160, 192.168.0.161]"
                                + " → [192.168.0.161, 192.168.0.162]");
        assertThat(Moves.of(ground.site, after).more()).isEmpty();
        ground.stamps.put("haproxy-a", "2");
        ground.site = after;
        assertThat(ground.plan()).contains("replace    haproxy-a ");
    }

    @Test
    void aWebServerThatOnlyOneBalancerSeesDownIsDrainedBeforeItIsReplaced() {
        ground.stamps.put("web-a", "2");
        ground.treats("haproxy-b", "web-a", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.plan())
                .contains("drain      web-a ", "\nreplace    web-a ", "\nready      web-a ");
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void aWebServerThatIsNotOursHasNoContainer() {
        ground.site =
                Sample.serving(
                        ground.site,
                        List.of(
                                Sample.own("web-a", "172.20.0.2"),
                                new Server.Existing(
                                        "web-b",
                                        Server.Scheme.HTTP,
                                        "10.0.0.7",
                                        80,
                                        Optional.empty())));
        ground.boxes.remove("web-b");
        ground.stamps.remove("web-b");
        ground.files.remove("web-b/nginx.conf");
        ground.present.remove("web-b/nginx.conf");
        ground.written.remove("web-b/nginx.conf");
        assertThat(ground.plan()).isEmpty();
    }
}
