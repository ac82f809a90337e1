package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A container that was taken off a network, or that has another address there, is attached as it
/// should be.
class DetachedTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final String LAN = "fake_lan";
    private static final String NET = "fake-net";

    private FakeSite site;
    private Docker docker;

    @BeforeEach
    void up() {
        site = SITES.well();
        docker = new Docker(site.engine());
    }

    private void off(String network, String... nodes) {
        for (String node : nodes) {
            assertThat(docker.disconnect(network, "fake-" + node).ok()).isTrue();
        }
    }

    private void repaired() {
        site.apply();

        assertThat(site.steps()).isEmpty();
        assertThat(site.unserved()).isEmpty();
        assertThat(site.holders()).containsExactly("haproxy-a");
    }

    @Test
    void aBalancerGoesBackToTheLan() {
        off(LAN, "haproxy-a");

        assertThat(site.plan().plan().steps())
                .anySatisfy(step -> {
                    assertThat(step.verb()).isEqualTo("attach");
                    assertThat(step.node()).isEqualTo("haproxy-a");
                    assertThat(step.cause()).isEqualTo("it is not attached to fake_lan");
                });
        repaired();
    }

    @Test
    void bothBalancersGoBackToTheLan() {
        off(LAN, "haproxy-a", "haproxy-b");
        assertThat(site.unserved()).isPresent();

        repaired();
    }

    @Test
    void aBalancerGoesBackToTheWebServers() {
        off(NET, "haproxy-a");

        repaired();
    }

    /// The web servers come first, when no balancer can check them yet.
    @Test
    void everythingGoesBack() {
        off(NET, "haproxy-a", "haproxy-b", "web-a", "web-b");
        off(LAN, "haproxy-a", "haproxy-b");

        repaired();
    }

    @Test
    void aWebServerGoesBack() {
        off(NET, "web-a");

        assertThat(site.steps()).contains("attach web-a");
        repaired();
    }

    @Test
    void anotherAddressIsNotTheSame() {
        off(NET, "web-b");
        docker.connect(NET, "203.0.113.99", "web-b", "fake-web-b");
        off(LAN, "haproxy-b");
        docker.connect(LAN, "198.51.100.77", "haproxy-b", "fake-haproxy-b");

        assertThat(site.plan().plan().steps())
                .anySatisfy(step ->
                        assertThat(step.cause())
                                .isEqualTo("it has 203.0.113.99 on fake-net, not 203.0.113.12"));
        repaired();
    }

    /// Its containers run.
    @Test
    void aNetworkThatIsGoneIsMadeAgain() {
        off(NET, "haproxy-a", "haproxy-b", "web-a", "web-b");
        gone(NET);

        repaired();
    }

    /// Containers that stand are on it still, as the engine has it, and cannot be started.
    @Test
    void aNetworkThatIsGoneWhileContainersStandIsMadeAgain() {
        off(LAN, "haproxy-a", "haproxy-b");
        off(NET, "haproxy-a", "haproxy-b");
        for (String node : List.of("web-a", "web-b", "haproxy-b")) {
            type("docker", "stop", "fake-" + node);
        }
        gone(NET);
        gone(LAN);

        repaired();
    }

    private void gone(String network) {
        type("docker", "network", "rm", network);
    }

    private void type(String... command) {
        List<String> argv = List.of(command);
        assertThat(site.engine().run(Command.of(Duration.ofSeconds(20), argv)).ok()).isTrue();
    }

    /// The holder of the VIP is changed behind a stand-in.
    @Test
    void theHolderGivesTheVipAwayFirst() {
        off(NET, "haproxy-a");
        docker.connect(NET, "203.0.113.99", "haproxy-a", "fake-haproxy-a");

        List<String> steps = site.steps();
        assertThat(steps.indexOf("switchover haproxy-b"))
                .isNotNegative()
                .isLessThan(steps.indexOf("attach haproxy-a"));
        repaired();
    }
}
