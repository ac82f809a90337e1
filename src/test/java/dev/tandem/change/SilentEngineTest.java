package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.change.plan.Step;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.Stop;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Observer;
import dev.tandem.observe.OwnServerSeen;
import dev.tandem.observe.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An engine that does not answer has said nothing about its containers: not that there are none.
class SilentEngineTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final Output HALF =
            new Output(
                    Output.TIMED_OUT,
                    "fake-haproxy-a\trunning\tUp 5 seconds\t\thaproxy-a\tfake\t\tbalancer\t\n",
                    "its output was not read within 20 s\n");

    private FakeSite site;

    @BeforeEach
    void up() {
        site = SITES.well();
    }

    private Snapshot look() {
        return new Observer(new Docker(site.engine()), InstantSource.system())
                .lookAtAll(site.place().site());
    }

    @Test
    void halfAListOfContainersIsNone() {
        site.engine().meets(Trouble.answering("docker ps", HALF));

        assertThatThrownBy(this::look)
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop).hasMessage("Docker did not answer");
                            assertThat(stop.seen()).contains("its output was not read");
                        });
        assertThatThrownBy(site::plan).hasMessage("Docker did not answer");
    }

    /// A change has begun; from then on the engine is slow for a while.
    @Test
    void aChangeThatWaitsGoesOnWaiting() {
        site.edit("203.0.113.12}", "203.0.113.13}");
        site.onPlan(
                _ -> site.engine().meets(Trouble.answering("docker ps", HALF).after(2).times(3)));

        site.apply();

        assertThat(site.steps()).isEmpty();
        assertThat(site.unserved()).isEmpty();
    }

    /// The three seconds that a node has are over.
    @Test
    void aNodeThatIsLateIsNotOneThatDoesNotRun() {
        site.engine().meets(Trouble.slow("exec \\S+ node-state", Duration.ofSeconds(4)));

        Snapshot seen = look();

        String late = "no answer within 3 s";
        assertThat(seen.ownServers()).containsEntry("web-a", new OwnServerSeen.Silent(late));
        assertThat(seen.balancers()).containsEntry("haproxy-b", new BalancerSeen.Silent(late));
        assertThat(site.plan().plan().steps())
                .filteredOn(step -> step.node().equals("web-a"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step).isInstanceOf(Step.Reload.class);
                    assertThat(step.cause()).isEqualTo("it did not report what it has loaded");
                });
        site.engine().isWell();
        assertThat(look().ownServers().get("web-a")).isInstanceOf(OwnServerSeen.Answered.class);
    }

    @Test
    void whatTheEngineSaidInsteadIsPassedOn() {
        Alteration.outside(site, "docker pause fake-haproxy-b");
        Alteration.outside(site, "docker kill fake-haproxy-a");

        Snapshot seen = look();

        assertThat(seen.balancers())
                .containsEntry("haproxy-a", new BalancerSeen.Silent("not running"));
        assertThat(seen.balancers().get("haproxy-b"))
                .isInstanceOfSatisfying(
                        BalancerSeen.Silent.class,
                        silent ->
                                assertThat(silent.reason())
                                        .startsWith("it could not be asked: ")
                                        .contains("is paused"));
    }
}
