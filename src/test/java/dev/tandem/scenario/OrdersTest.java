package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.ServerOrder.State;
import dev.tandem.text.HaproxyCsv;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody asked for by hand holds at once, and over reloads and restarts.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class OrdersTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    /// The site does the rest: it waits until all is well.
    @AfterEach
    void takeTheOrdersBack() {
        LIVE.order(Orders.NONE);
        LiveSite.BALANCERS.forEach(balancer -> LIVE.reloaded(balancer, "haproxy"));
    }

    @Test
    void withoutOrdersAHundredRequestsAlternate() {
        assertThat(LIVE.answers(50, 100)).containsEntry("web-a", 50).containsEntry("web-b", 50);
    }

    @Test
    void aDrainedServerStaysDrainedOverReloadAndRestartAndIsStillChecked() {
        LIVE.order(Orders.NONE.with("web-a", new ServerOrder(State.DRAIN, 100)));

        LIVE.reloaded("haproxy-a", "haproxy");
        assertThat(LIVE.answers(50, 20)).containsOnlyKeys("web-b");
        SITE.docker("restart", "haproxy-a");
        TestSite.await("haproxy-a serves", () -> serves(50));
        assertThat(LIVE.answers(50, 20)).containsOnlyKeys("web-b");
        TestSite.await("web-a is drained, and checked", () -> seen("web-a", "DRAIN"));

        SITE.docker("stop", "web-a");
        TestSite.await("its checks notice", () -> seen("web-a", "DOWN"));
        SITE.docker("start", "web-a");
        TestSite.await("its checks notice that too", () -> seen("web-a", "DRAIN"));
    }

    @Test
    void aServerInMaintenanceGetsNothingAfterAReload() {
        LIVE.order(Orders.NONE.with("web-b", new ServerOrder(State.MAINT, 100)));

        LIVE.reloaded("haproxy-a", "haproxy");

        assertThat(seen("web-b", "MAINT")).isTrue();
        assertThat(LIVE.answers(50, 20)).containsOnlyKeys("web-a");
    }

    @Test
    void aWeightInPercentHoldsAfterAReloadAsItDoesByCommand() {
        LIVE.order(Orders.NONE.with("web-a", new ServerOrder(State.READY, 20)));
        LIVE.reloaded("haproxy-a", "haproxy");
        Output told =
                SITE.exec("haproxy-b", "runtime", "set server web/web-a weight 20%", "show info");

        assertThat(told.ok()).as(told.stderr()).isTrue();
        for (int balancer : new int[] {50, 60}) {
            assertThat(LIVE.answers(balancer, 120))
                    .containsEntry("web-a", 20)
                    .containsEntry("web-b", 100);
        }
    }

    @Test
    void aCommandThatHaproxyDoesNotCarryOutIsAFailure() {
        Output output =
                SITE.exec("haproxy-a", "runtime", "set server web/web-z state drain", "show info");

        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.stdout()).contains("No such server").doesNotContain("Pid: ");
    }

    @Test
    void aBalancerThatYieldsHandsOverWithoutLossAndStaysSoOverARestart() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            LIVE.order(Orders.NONE.with("haproxy-a", Duty.YIELD));
            LIVE.masterIs("haproxy-b");
            assertThat(SITE.fact("haproxy-a", "duty")).isEqualTo("yield");
            SITE.docker("restart", "haproxy-a");
            TestSite.await(
                    "haproxy-a is back", () -> SITE.fact("haproxy-a", "vrrp").equals("BACKUP"));
            load.goOn(2);
            LIVE.masterIs("haproxy-b");
            theVipComesBack(load);
        }
    }

    @Test
    void aBalancerInMaintenanceTakesNoPartAndKeepsItsConnections() throws Exception {
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            LIVE.order(Orders.NONE.with("haproxy-a", Duty.MAINTENANCE));
            inMaintenance();
            LIVE.masterIs("haproxy-b");
            load.goOn(3);
            theVipComesBack(load);
        }
    }

    @Test
    void aBalancerInMaintenanceStaysOutOfServiceOverARestartAlsoWhenItIsAlone() {
        LIVE.order(Orders.NONE.with("haproxy-a", Duty.MAINTENANCE));
        inMaintenance();
        SITE.docker("restart", "haproxy-a");
        inMaintenance();
        SITE.docker("stop", "haproxy-b");
        try {
            TestSite.await(
                    "nobody holds the VIP", () -> SITE.vipOwners(LiveSite.BALANCERS).isEmpty());
            assertThat(serves(50)).as("its own address").isTrue();
            assertThat(SITE.fact("haproxy-a", "vrrp")).isEqualTo("FAULT");
        } finally {
            SITE.docker("start", "haproxy-b");
        }
    }

    /// Its init is stopped by a signal: it would read the order when it goes on.
    @Test
    void anOrderThatFailedIsNotFollowedLater() {
        signal("STOP");
        try {
            TestSite.await("that is noticed", () -> turnAge() > 1000);
            Output output = SITE.tandem("switchover", "haproxy-b");

            assertThat(output.exit()).isEqualTo(5);
            assertThat(output.stderr())
                    .contains("haproxy-a cannot follow an order now")
                    .contains("state: nothing was changed")
                    .contains("next:  docker kill -s CONT " + SITE.container("haproxy-a"));
        } finally {
            signal("CONT");
        }
        TestSite.await("its init goes on", () -> turnAge() < 1000);

        assertThat(SITE.fact("haproxy-a", "duty")).isEqualTo("serve");
        assertThat(SITE.fact("haproxy-a", "leaving")).isEqualTo("0");
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        assertThat(SITE.tandem("plan").stdout()).contains("Nothing to do");
    }

    private static void signal(String signal) {
        Shell.answer("docker", "kill", "-s", signal, SITE.container("haproxy-a"));
    }

    private static int turnAge() {
        return Integer.parseInt(SITE.fact("haproxy-a", "turn_age"));
    }

    /// Nobody asks for anything any more; and from the beginning of the load nothing was lost.
    private static void theVipComesBack(UnderLoad load) throws Exception {
        LIVE.order(Orders.NONE);
        LIVE.masterIs("haproxy-a");
        load.goOn(2);

        load.end();

        assertThat(load.lost()).isEmpty();
    }

    private static void inMaintenance() {
        TestSite.await(
                "haproxy-a is out of service",
                () ->
                        SITE.fact("haproxy-a", "duty").equals("maintenance")
                                && SITE.fact("haproxy-a", "vrrp").equals("FAULT"));
    }

    private static boolean serves(int balancer) {
        return SITE.curl("--fail", "http://" + SITE.network(balancer) + "/").ok();
    }

    /// Whether haproxy-a sees it so in both backends, and its last check is one that was made.
    private static boolean seen(String server, String status) {
        String said = SITE.exec("haproxy-a", "node-state").stdout();
        Set<String> columns = Set.of(HaproxyCsv.PROXY, HaproxyCsv.NAME, "status", "check_status");
        return HaproxyCsv.parse(said.substring(said.indexOf("# pxname"))).servers(columns).stream()
                        .filter(row -> row.field(HaproxyCsv.PROXY).matches("web(-tls)?"))
                        .filter(row -> row.field(HaproxyCsv.NAME).equals(server))
                        .filter(row -> row.field("status").startsWith(status))
                        .filter(row -> !row.field("check_status").endsWith("INI"))
                        .count()
                == 2;
    }
}
