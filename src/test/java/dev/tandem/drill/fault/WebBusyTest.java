package dev.tandem.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.ground.Existing;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a program can be blocked, and where not. That it is: `BusyServersTest`.
class WebBusyTest {
    private static final Fault BUSY = Faults.known().named("web-busy").orElseThrow();

    private static Ground with(Existing existing) {
        Ground site = Grounds.customers();
        return new Ground(
                site.site(),
                site.toolbox(),
                site.balancers(),
                site.servers(),
                existing,
                site.nodes());
    }

    @Test
    void anNginxOfOursIsNotBusy() {
        assertThat(BUSY.obstacle(with(Existing.NONE)))
                .contains("no web server here has a `url`; use web-hang");
    }

    @Test
    void whatRunsElsewhereIsNamed() {
        Existing existing = new Existing(List.of(), List.of("shop (10.0.0.7)", "blog (10.0.0.8)"));

        assertThat(BUSY.obstacle(with(existing)))
                .contains(
                        "no container of this engine is shop (10.0.0.7) or blog (10.0.0.8);"
                                + " block it where it runs, by `tandem drill change`");
    }

    @Test
    void itSaysWhichContainerIsBlocked() {
        assertThat(BUSY.what(Grounds.customers())).isEqualTo("docker pause tandem-shop-1");
        assertThat(BUSY.strikesWebServers()).isTrue();
    }

    @Test
    void whereThereIsNoneNothingIsLeftToHeal() {
        BUSY.heal(with(Existing.NONE));

        assertThat(BUSY.unhealed(with(Existing.NONE))).isEmpty();
    }
}
