package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.PlannedSite;
import dev.tandem.change.plan.Seen;
import dev.tandem.docker.Container;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.OwnServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a planner gets of what was observed.
class SeenReaderTest {
    @TempDir private Path root;

    private Seen seen(Map<String, BalancerSeen> balancers, Map<String, OwnServerSeen> ownServers) {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        containers.put("web-b", Sample.container("web-b", "exited", "1"));
        return SeenReader.seen(
                new Snapshot(containers, balancers, ownServers),
                new PlannedSite().wanted(),
                new SiteDirectory(root),
                Origin.NONE);
    }

    private static OwnServerSeen says(String configuration, String certificate) {
        return new OwnServerSeen.Answered(Optional.of(configuration), Optional.of(certificate));
    }

    @Test
    void whatABalancerHasLoadedIsTakenOverPartByPart() {
        Loaded loaded =
                new Loaded(
                        Optional.of("cfg"),
                        Optional.of("vrrp"),
                        Optional.of("nft"),
                        Optional.of("pem"),
                        Optional.of("lst"),
                        Optional.of("ca"));
        Answered b =
                new Answered(
                        Vrrp.BACKUP,
                        "",
                        true,
                        false,
                        "",
                        List.of(),
                        loaded,
                        Standing.UNKNOWN,
                        List.of());
        Seen seen =
                seen(Map.of("haproxy-a", new BalancerSeen.Silent("no"), "haproxy-b", b), Map.of());
        assertThat(seen.loaded("haproxy-a")).isEmpty();
        assertThat(seen.loaded("haproxy-b"))
                .hasValue(
                        Map.of(
                                Loadable.HAPROXY, "cfg",
                                Loadable.KEEPALIVED, "vrrp",
                                Loadable.HANDOVER, "nft",
                                Loadable.CERTIFICATE, "pem",
                                Loadable.ACCESS, "lst",
                                Loadable.CA, "ca"));
    }

    @Test
    void whatAWebServerHasLoadedIsTakenOverWhereItRuns() {
        Seen seen = seen(Map.of(), Map.of("web-a", says("conf", "pem"), "web-b", says("1", "1")));
        assertThat(seen.loaded("web-a"))
                .hasValue(Map.of(Loadable.NGINX, "conf", Loadable.SERVER_CERTIFICATE, "pem"));
        assertThat(seen.loaded("web-b")).isEmpty();
    }

    @Test
    void aWebServerThatRunsAndSaysNothingHasLoadedNothingThatIsKnown() {
        assertThat(
                        seen(Map.of(), Map.of("web-a", new OwnServerSeen.Silent("no answer")))
                                .loaded("web-a"))
                .hasValue(Map.of());
        assertThat(seen(Map.of(), Map.of()).loaded("web-a")).isEmpty();
    }
}
