package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.plan.Step;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Stop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A balancer whose container runs and that does not answer may have loaded anything: that is never
/// taken for good.
class SilentBalancerTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final String WEB_B = "  web-b: {address: 203.0.113.12}\n";

    private FakeSite site;

    @BeforeEach
    void up() {
        site = SITES.well();
    }

    private static Trouble silence() {
        return Trouble.failing("exec fake-haproxy-b node-state", "no answer");
    }

    @Test
    void aPlanSaysThatItIsNotKnownWhatItHasLoaded() {
        site.engine().meets(silence());

        assertThat(site.plan().plan().steps())
                .anySatisfy(step -> {
                    assertThat(step).isInstanceOf(Step.Reload.class);
                    assertThat(step.node()).isEqualTo("haproxy-b");
                    assertThat(step.cause()).isEqualTo("it did not report what it has loaded");
                });
    }

    /// It may still send requests to the web server that is to go.
    @Test
    void nothingIsChangedWhileItStaysSilent() {
        site.engine().meets(silence());
        site.edit(WEB_B, "");
        String files = site.trace();
        int begin = site.engine().log().size();

        assertThatThrownBy(() -> site.apply())
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                            assertThat(stop).hasMessage("haproxy-b does not say what it runs");
                            assertThat(stop.state()).isEqualTo("nothing was changed");
                            assertThat(stop.next()).contains("docker restart fake-haproxy-b");
                        });

        assertThat(site.trace()).isEqualTo(files);
        assertThat(site.engine().log().stream().skip(begin).filter(Mortal::acts))
                .allMatch(act -> act.contains(" volume "));
    }

    @Test
    void oneThatIsOnlyLateIsWaitedFor() {
        site.engine().meets(silence().times(5));
        site.edit(WEB_B, "");

        site.apply();

        assertThat(site.steps()).isEmpty();
        assertThat(site.unserved()).isEmpty();
    }

    /// Others follow an order at once; of this one it is not known, and it is named.
    @Test
    void anOrderThatItMayNotFollowSaysSo() {
        site.engine().meets(silence());
        ServerOrder drained = new ServerOrder(ServerOrder.State.DRAIN, 100);

        ChangeOutcome outcome =
                site.order(site.engine(), "drain", orders -> orders.with("web-b", drained));

        assertThat(outcome.snapshot().late()).containsExactly("haproxy-b");
    }

    /// Its container is recreated: what is in the old one does not matter.
    @Test
    void oneThatIsReplacedNeedNotAnswer() {
        site.engine().meets(silence().times(5));
        site.edit("hostname: bl2", "hostname: bl9");

        assertThat(site.apply().plans().getFirst().steps())
                .anySatisfy(step -> assertThat(step).isInstanceOf(Step.Replace.class));
        assertThat(site.steps()).isEmpty();
    }
}
