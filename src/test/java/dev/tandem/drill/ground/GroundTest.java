package dev.tandem.drill.ground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which balancer counts as master.
class GroundTest {
    /// Where the VIP stays, that is its holder; the others keep their order.
    @Test
    void whoHoldsTheVipComesFirst() {
        Ground ground = Grounds.customers();
        String second = ground.peers().getFirst().name();
        Ground held = ground.heldBy(second);
        assertThat(held.master().name()).isEqualTo(second);
        assertThat(held.peers()).containsExactly(ground.master());
        assertThat(held.servers()).isEqualTo(ground.servers());
        assertThat(ground.heldBy("nobody of them").balancers()).isEqualTo(ground.balancers());
    }
}
