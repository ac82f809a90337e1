package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.ServerOrder.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The orders of operators, as text and back.
class OrdersTextTest {

    @Test
    void theyAreALineEach() {
        Orders orders =
                Orders.NONE
                        .with("haproxy-a", Duty.MAINTENANCE)
                        .with("web-a", new ServerOrder(State.DRAIN, 100))
                        .with("web-b", new ServerOrder(State.READY, 20));
        assertThat(OrdersText.of(orders))
                .isEqualTo("haproxy-a maintenance\nweb-a drain\nweb-b ready 20%\n");
    }

    @Test
    void nothingAskedForIsNoText() {
        assertThat(OrdersText.of(Orders.NONE)).isEmpty();
        assertThat(OrdersText.parse("")).isEqualTo(Orders.NONE);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (Duty duty : Duty.values()) {
            for (State state : State.values()) {
                for (int weight : new int[] {1, 9, 10, 99, 100}) {
                    Orders orders =
                            Orders.NONE
                                    .with("haproxy-b", duty)
                                    .with("web-a", new ServerOrder(state, weight));
                    assertThat(OrdersText.parse(OrdersText.of(orders))).isEqualTo(orders);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"web-a", "web-a stopped", "", "   ", "web-a DRAIN", "# web-a", "\u0000"})
    void aLineThatCannotBeUnderstoodSaysNothing(String line) {
        assertThat(OrdersText.parse(line)).isEqualTo(Orders.NONE);
        assertThat(OrdersText.parse(line + "\nweb-b drain\n"))
                .isEqualTo(Orders.NONE.with("web-b", new ServerOrder(State.DRAIN, 100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101%", "20", "-5%", "1000000000000%", "x%"})
    void aWeightThatCannotBeUnderstoodIsTheUsualOne(String weight) {
        assertThat(OrdersText.parse("web-a drain " + weight).server("web-a"))
                .isEqualTo(new ServerOrder(State.DRAIN, 100));
    }
}
