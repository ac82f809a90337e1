package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.PlannedSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Where what is running differs from the site file.
class DriftTest {
    private final PlannedSite ground = new PlannedSite();

    private List<String> drift() {
        return Drift.between(ground.wanted(), ground.seen()).stream().map(Drift::sentence).toList();
    }

    private static String nodeOf(Loadable part) {
        return Loadable.ofBalancer().contains(part) ? "haproxy-b" : "web-b";
    }

    /// A node should have the second version of a part loaded, and reports this one.
    private void loads(Loadable part, String hash) {
        String node = nodeOf(part);
        ground.shouldLoad(node, part, "2");
        if (ground.balancers.containsKey(node)) {
            ground.hasLoaded(node, part, hash);
        } else {
            Map<Loadable, String> says = new HashMap<>(Map.of(Loadable.NGINX, "1"));
            says.put(part, hash);
            ground.webServers.put(node, says);
        }
    }

    @Test
    void aSiteInStepHasNoDrift() {
        assertThat(drift()).isEmpty();
    }

    @Test
    void aFileThatWasChangedIsNamed() {
        ground.present.put("compose.yaml", "by hand");
        ground.present.put("web-a/nginx.conf", "by hand");
        assertThat(drift())
                .containsExactly(
                        "compose.yaml is not what tandem.yaml asks for",
                        "web-a/nginx.conf is not what tandem.yaml asks for");
    }

    @Test
    void aFileThatIsGoneOrLeftOverIsNamed() {
        ground.present.remove("tls/balancer/site.pem");
        ground.written.put("web-z/nginx.conf", "1");
        ground.present.put("web-z/nginx.conf", "1");
        assertThat(drift())
                .containsExactly(
                        "tls/balancer/site.pem is not what tandem.yaml asks for",
                        "web-z/nginx.conf is not what tandem.yaml asks for");
    }

    @Test
    void aContainerOfAnOlderConfigurationIsNamed() {
        ground.stamps.put("web-b", "2");
        assertThat(drift()).containsExactly("web-b runs an older configuration");
    }

    @Test
    void aMissingContainerIsNotDrift() {
        ground.boxes.remove("web-b");
        ground.webServers.remove("web-b");
        assertThat(drift()).isEmpty();
    }

    @Test
    void anUnwantedContainerIsNamed() {
        ground.runs("web-z", "web");
        ground.runs("haproxy-c", "balancer");
        ground.state("haproxy-c", "exited");
        assertThat(drift())
                .containsExactly(
                        "haproxy-c runs, but is no longer in tandem.yaml",
                        "web-z runs, but is no longer in tandem.yaml");
    }

    @ParameterizedTest
    @EnumSource(Loadable.class)
    void aNodeThatRunsWhatItShouldHasNoDrift(Loadable part) {
        loads(part, "2");
        assertThat(drift()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HAPROXY, haproxy-b has another haproxy.cfg loaded",
        "CA, haproxy-b has another set of CAs loaded",
        "KEEPALIVED, haproxy-b has another keepalived.conf loaded",
        "HANDOVER, haproxy-b has another handover.nft loaded",
        "CERTIFICATE, haproxy-b has another certificate loaded"
    })
    void aBalancerThatRunsAnotherVersionIsNamed(Loadable part, String sentence) {
        loads(part, "yesterday's");
        assertThat(drift()).containsExactly(sentence);
    }

    @Test
    void aWebServerThatRunsAnotherVersionIsNamed() {
        loads(Loadable.SERVER_CERTIFICATE, "yesterday's");
        assertThat(drift()).containsExactly("web-b has another certificate loaded");
        ground.webServers.put("web-a", Map.of(Loadable.NGINX, "yesterday's"));
        assertThat(drift())
                .containsExactly(
                        "web-a has another nginx.conf loaded",
                        "web-b has another certificate loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "CA, haproxy-b did not report which set of CAs it has loaded",
        "HANDOVER, haproxy-b did not report which handover.nft it has loaded",
        "SERVER_CERTIFICATE, web-b did not report which certificate it has loaded"
    })
    void aNodeThatDoesNotReportAPartIsNamed(Loadable part, String sentence) {
        ground.shouldLoad(nodeOf(part), part, "2");
        assertThat(drift()).containsExactly(sentence);
    }

    @Test
    void aNodeThatAnswersButReportsNothingIsNamedOnce() {
        ground.webServers.put("web-a", Map.of());
        assertThat(drift()).containsExactly("web-a did not report what it has loaded");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotDrift() {
        ground.changes("haproxy-b", "haproxy.cfg", Loadable.HAPROXY);
        ground.present.put("haproxy-b/haproxy.cfg", "2");
        ground.balancers.remove("haproxy-b");
        ground.webServers.remove("web-a");
        assertThat(drift()).isEmpty();
    }

    /// Neither may say that all is well while the other sees something to do.
    @ParameterizedTest
    @EnumSource(Loadable.class)
    void whereThereIsDriftThereIsAPlan(Loadable part) {
        loads(part, "yesterday's");
        assertThat(drift()).hasSize(1);
        assertThat(ground.plan()).contains("reload     " + nodeOf(part));
        loads(part, "2");
        assertThat(ground.plan()).isEmpty();
    }
}
