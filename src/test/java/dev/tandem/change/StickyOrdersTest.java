package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that have the cookie of a web server leave it when it is drained (decision 0051): each
/// HAProxy is told without a reload, and reads it again at the next one.
class StickyOrdersTest {
    private static final String OFF = "balance: roundrobin";
    private static final String ON = "balance: roundrobin\n  sticky: cookie";

    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private FakeSite site = SITES.well();

    @BeforeEach
    void well() {
        site = SITES.well();
    }

    private void drain(ServerOrder.State state) {
        order(Orders.NONE.with("web-b", new ServerOrder(state, 100)));
    }

    private void order(Orders orders) {
        site.order(site.engine(), "drain", _ -> orders);
    }

    private void leave(String ofWebB) {
        Map<String, String> map = Map.of("web-a", "0", "web-b", ofWebB);
        assertThat(site.engine().left()).isEqualTo(List.of(map, map));
        for (String balancer : List.of("haproxy-a", "haproxy-b")) {
            assertThat(site.directory().read(balancer + "/sticky.map"))
                    .as("for the next reload")
                    .contains("\nweb-a 0\nweb-b " + ofWebB + "\n");
        }
        assertThat(site.steps()).isEmpty();
    }

    @Test
    void anOrderIsKnownToEachBalancerAtOnce() {
        site.edit(OFF, ON);
        site.apply();
        leave("0");
        drain(ServerOrder.State.DRAIN);
        leave("1");
        drain(ServerOrder.State.MAINT);
        leave("1");
        order(Orders.NONE.with("web-b", new ServerOrder(ServerOrder.State.READY, 20)));
        leave("0");
    }

    @Test
    void oneThatWasGivenBeforeIsReadWithTheReload() {
        drain(ServerOrder.State.DRAIN);
        site.edit(OFF, ON);
        assertThat(site.steps()).contains("reload haproxy-a", "reload haproxy-b");
        site.apply();
        leave("1");
        order(Orders.NONE);
        leave("0");
    }

    /// Its web server is drained before any balancer has loaded the map.
    @Test
    void aWebServerThatIsReplacedInTheSameChangeIsNoObstacle() {
        site.edit(OFF, ON);
        site.edit("203.0.113.12}", "203.0.113.12, content: ./other}");
        site.apply();
        leave("0");
    }
}
