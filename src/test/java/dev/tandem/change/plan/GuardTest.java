package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.TcpCheck;
import dev.tandem.prepare.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Plans that would break a site.
class GuardTest {
    private static final ServerOrder DRAIN = new ServerOrder(ServerOrder.State.DRAIN, 100);

    private final PlannedSite ground = new PlannedSite();

    @Test
    void aPlanWithoutAReadyWebServerIsRefused() {
        ground.orders = Orders.NONE.with("web-a", DRAIN).with("web-b", DRAIN);
        assertThat(ground.harm())
                .containsExactly(
                        "no web server would get requests: all are drained or in maintenance");
    }

    @Test
    void theLastServerOfAServiceIsNotDrained() {
        ground.site =
                Sample.offering(ground.site, Sample.service("postgres", 5432, TcpCheck.CONNECTION));
        ground.orders = Orders.NONE.with("db-1", DRAIN);
        assertThat(ground.harm()).isEmpty();
        ground.orders = ground.orders.with("db-2", DRAIN);
        assertThat(ground.harm())
                .containsExactly(
                        "no server of postgres would get connections: all are drained or in"
                                + " maintenance");
    }

    @Test
    void theLastWebServerThatIsUpIsNotDrained() {
        ground.orders = Orders.NONE.with("web-a", DRAIN);
        ground.treats("haproxy-a", "web-b", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "web-b", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.harm())
                .containsExactly(
                        "no web server would get requests: none of those that remain is up");
    }

    /// Each balancer has one left, and not the same: nobody would serve while it is replaced.
    @Test
    void theOnlyWebServerOfOneBalancerIsNotReplaced() {
        ground.stamps.put("web-a", "2");
        ground.treats("haproxy-a", "web-b", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "web-a", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.harm())
                .containsExactly("web-a is the only web server that is up, and would be replaced");
    }

    /// haproxy-b serves nobody, with or without web-a.
    @Test
    void aBalancerThatSeesNoWebServerHoldsNoReplacementUp() {
        ground.stamps.put("web-a", "2");
        ground.treats("haproxy-b", "web-a", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "web-b", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void theOnlyWebServerThatIsUpIsNotReplaced() {
        ground.stamps.put("web-a", "2");
        assertThat(ground.harm()).isEmpty();
        ground.treats("haproxy-b", "web-b", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.harm())
                .containsExactly("web-a is the only web server that is up, and would be replaced");
    }

    /// A change that failed, and could not be taken back, has left web-b without requests: it comes
    /// first, whether it is to be replaced or only to be asked again.
    @Test
    void aWebServerThatAFailedChangeHasDrainedComesBackBeforeTheOtherOneIsReplaced() {
        ground.stamps.put("web-a", "2");
        ground.treats("haproxy-a", "web-b", DRAIN, Seen.Use.OUT);
        ground.treats("haproxy-b", "web-b", DRAIN, Seen.Use.OUT);
        assertThat(ground.harm()).isEmpty();
        assertThat(ground.plan().lines().map(line -> line.substring(0, 16).strip()))
                .containsExactly(
                        "ready      web-b",
                        "drain      web-a",
                        "replace    web-a",
                        "ready      web-a");

        ground.stamps.put("web-b", "2");
        assertThat(ground.harm()).isEmpty();
        assertThat(ground.plan().lines().map(line -> line.substring(0, 16).strip()))
                .containsExactly(
                        "replace    web-b",
                        "ready      web-b",
                        "drain      web-a",
                        "replace    web-a",
                        "ready      web-a");
    }

    @Test
    void allAddressesAtOnceAreRefused() {
        ground.stamps.put("web-a", "2");
        ground.stamps.put("web-b", "2");
        ground.site = Edit.address(ground.site, "web-a", "172.20.0.12");
        assertThat(ground.harm()).isEmpty();
        ground.site = Edit.address(ground.site, "web-b", "172.20.0.13");
        assertThat(ground.harm()).singleElement().asString().contains("change one, apply");
    }

    @Test
    void anotherVirtualRouterOfTheSameVipIsRefusedBesideOtherChangesOfABalancer() {
        ground.site = Edit.router(ground.site, 99);
        assertThat(ground.harm()).isEmpty();
        ground.stamps.put("haproxy-b", "2");
        assertThat(ground.harm())
                .singleElement()
                .asString()
                .startsWith("vip.router_id changes, and other changes concern haproxy-b, too: ")
                .endsWith("or: tandem down, tandem up");
        ground.site = Edit.vip(ground.site, "192.168.0.99");
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void anotherVirtualRouterIsRefusedWhileABalancerDoesNotServe() {
        ground.site = Edit.router(ground.site, 99);
        ground.state("haproxy-b", "exited");
        ground.balancers.remove("haproxy-b");
        assertThat(ground.harm())
                .singleElement()
                .asString()
                .startsWith("vip.router_id changes, and haproxy-b does not serve: ");
    }

    /// `tandem down` has taken all of them away.
    @Test
    void anotherVirtualRouterOfBalancersThatDoNotRunIsNoHarm() {
        ground.site = Edit.router(ground.site, 99);
        for (String balancer : List.of("haproxy-a", "haproxy-b")) {
            ground.state(balancer, "exited");
            ground.balancers.remove(balancer);
        }
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void allBalancersInMaintenanceAreRefused() {
        ground.orders =
                Orders.NONE.with("haproxy-a", Duty.MAINTENANCE).with("haproxy-b", Duty.MAINTENANCE);
        assertThat(ground.harm())
                .containsExactly("no balancer would hold the VIP: all are in maintenance");
    }

    @Test
    void theOnlyBalancerThatServesIsNotReplaced() {
        ground.state("haproxy-b", "exited");
        ground.balancers.remove("haproxy-b");
        ground.stamps.put("haproxy-a", "2");
        assertThat(ground.harm())
                .containsExactly(
                        "haproxy-a holds the VIP, its container is replaced, and no other balancer"
                                + " can serve in the meantime");
    }

    @Test
    void aSiteThatDoesNotServeAnywayIsNotProtected() {
        ground.balancers.clear();
        ground.holders.clear();
        ground.stamps.replaceAll((_, _) -> "2");
        assertThat(ground.harm()).isEmpty();
    }
}
