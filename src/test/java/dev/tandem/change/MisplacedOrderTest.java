package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An order that no node can be given: its node has left the file, or it is of another kind, as
/// 0.1.0 wrote it for a verb without a node. The next change drops it, says so, and keeps all other
/// orders.
class MisplacedOrderTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final Orders KEPT =
            Orders.NONE.with("web-a", new ServerOrder(ServerOrder.State.READY, 20));

    private static final ServerOrder DRAINED = new ServerOrder(ServerOrder.State.DRAIN, 100);

    private FakeSite site = SITES.well();

    @BeforeEach
    void leaveTheOrder() {
        site = SITES.well();
        site.order(site.engine(), "weight", _ -> KEPT);
        site.directory().note(".orders", "haproxy-b drain\nweb-a ready 20%\n");
    }

    static List<Consumer<FakeSite>> changes() {
        return List.of(
                FakeSite::apply,
                changed -> {
                    changed.edit("balance: roundrobin", "balance: leastconn");
                    changed.apply();
                },
                changed -> changed.order(changed.engine(), "ready", UnaryOperator.identity()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyChangeDropsIt(Consumer<FakeSite> change) {
        change.accept(site);
        assertThat(site.orders()).isEqualTo(KEPT);
        assertThat(site.steps()).isEmpty();
    }

    @Test
    void applySaysSo() {
        site.apply();
        assertThat(site.said()).contains("dropped an order that no node can have: haproxy-b drain");
        site.apply();
        assertThat(site.said()).filteredOn(line -> line.startsWith("dropped")).hasSize(1);
    }

    private static final String THIRD = "  web-b: {address: 203.0.113.12}\n";

    private void third() {
        site.edit(THIRD, THIRD + "  web-c: {address: 203.0.113.13}\n");
        site.apply();
    }

    private void drainedAndGone() {
        String without = site.text();
        third();
        site.order(site.engine(), "drain", orders -> orders.with("web-c", DRAINED));
        site.text(without);
        site.apply();
    }

    @Test
    void anOrderGoesWithItsNode() {
        drainedAndGone();
        assertThat(site.orders()).isEqualTo(KEPT);
        assertThat(site.said()).contains("dropped an order that no node can have: web-c drain");

        third();
        assertThat(site.orders()).as("another one of that name").isEqualTo(KEPT);
    }

    @Test
    void itComesBackWithItsNode() {
        drainedAndGone();
        site.order(site.engine(), "weight", orders -> orders.with("web-a", ServerOrder.READY));
        site.rollback(site.engine());
        assertThat(site.orders()).isEqualTo(Orders.NONE.with("web-c", DRAINED));
        assertThat(site.steps()).filteredOn(step -> step.endsWith("web-a")).isEmpty();
    }
}
