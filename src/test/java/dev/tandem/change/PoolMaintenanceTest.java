package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Orders;
import dev.tandem.model.Pool;
import dev.tandem.model.ServerOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A pool that is out of service as a whole, which is asked for by name, and one whose web servers
/// are all drained, which is not (decision 0052).
class PoolMaintenanceTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private final FakeSite site = SITES.well();

    private Pool pool() {
        return site.place().site().defaultPool();
    }

    private void order(Orders orders) {
        site.order(site.engine(), "maintenance", _ -> orders);
    }

    @Test
    void itIsCarriedOutAndOtherChangesGoOn() {
        Orders weighted =
                Orders.NONE.with("web-a", new ServerOrder(ServerOrder.State.READY, 20));
        order(weighted);
        order(weighted.with(pool(), ServerOrder.State.MAINT));
        assertThat(site.steps()).isEmpty();
        assertThat(site.orders().server("web-b").state()).isEqualTo(ServerOrder.State.MAINT);
        site.edit("balance: roundrobin", "balance: leastconn");
        site.apply();
        assertThat(site.steps()).isEmpty();
        order(site.orders().with(pool(), ServerOrder.State.READY));
        assertThat(site.orders()).as("with its weight").isEqualTo(weighted);
        assertThat(site.steps()).isEmpty();
    }

    @Test
    void drainingTheLastOneIsStillRefused() {
        order(Orders.NONE.with("web-a", new ServerOrder(ServerOrder.State.MAINT, 100)));
        assertThatThrownBy(() -> order(Orders.NONE.with(pool(), ServerOrder.State.DRAIN)))
                .hasMessageContaining("would");
    }
}
