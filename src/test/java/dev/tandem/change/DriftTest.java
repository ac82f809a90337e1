package dev.tandem.change;

import static dev.tandem.deploy.Sample.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.deploy.Sample;
import dev.tandem.docker.Container;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.BalancerSeen.Silent;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.render.Rendering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where what runs is not what the site file asks for.
class DriftTest {
    private static final Rendering WANTED =
            Sample.wanted("haproxy-a", "1", "haproxy-b", "1", "web-a", "1", "web-b", "1");

    private static List<String> drift(Snapshot seen, String... differing) {
        return Drift.find(WANTED, List.of(differing), seen);
    }

    private static Snapshot with(Container... others) {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        for (Container other : others) {
            containers.put(other.service(), other);
        }
        return new Snapshot(containers, Map.of());
    }

    private static BalancerSeen loaded(String cfg) {
        Loaded loaded = Loaded.UNKNOWN.withHaproxy(Rendering.sha256(cfg));
        return new Answered(
                Vrrp.BACKUP, "", true, false, "", List.of(), loaded, Standing.UNKNOWN, List.of());
    }

    @Test
    void whatIsInStepDoesNotDrift() {
        assertThat(drift(with())).isEmpty();
    }

    @Test
    void aFileThatWasChangedIsNamed() {
        assertThat(drift(with(), "compose.yaml", "web-a/nginx.conf"))
                .containsExactly(
                        "compose.yaml is not what tandem.yaml asks for",
                        "web-a/nginx.conf is not what tandem.yaml asks for");
    }

    @Test
    void aContainerOfAnOlderConfigurationIsNamed() {
        assertThat(drift(with(container("web-b", "running", "0"))))
                .containsExactly("web-b runs an older configuration");
    }

    @Test
    void aContainerThatIsMissingIsNoDrift() {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        containers.remove("web-b");
        assertThat(drift(new Snapshot(containers, Map.of()))).isEmpty();
    }

    @Test
    void whatRunsWithoutBeingAskedForIsNamed() {
        assertThat(
                        drift(
                                with(
                                        container("web-z", "running", "1"),
                                        container("haproxy-c", "exited", "1"))))
                .containsExactly(
                        "haproxy-c runs, but is no longer in tandem.yaml",
                        "web-z runs, but is no longer in tandem.yaml");
    }

    @Test
    void aHaproxyThatRunsWhatItShouldDoesNotDrift() {
        assertThat(drift(asking(loaded("cfg of haproxy-b\n")))).isEmpty();
    }

    @Test
    void aHaproxyThatRunsAnotherFileIsNamed() {
        assertThat(drift(asking(loaded("cfg of yesterday\n"))))
                .containsExactly("haproxy-b has another haproxy.cfg loaded");
    }

    @Test
    void aHaproxyThatDoesNotAnswerIsNoDrift() {
        assertThat(drift(asking(new Silent("not running")))).isEmpty();
    }

    private static Snapshot asking(BalancerSeen b) {
        return new Snapshot(Sample.healthy().containers(), Map.of("haproxy-b", b));
    }
}
