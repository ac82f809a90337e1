package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Volumes;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `down` takes of the volumes of a site: what its balancers remember, and nothing else. That
/// real engines are left with nothing is `MachineAwayTest`.
class RemovalTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final Map<String, String> OURS = Map.of("com.docker.compose.project", "fake");

    private final FakeSite site = SITES.well();
    private final Volumes volumes = new Docker(site.engine()).volumes();

    @BeforeEach
    void volumesOfEverybody() {
        volumes.create("fake_haproxy-a-events", OURS);
        volumes.create("fake_gone-events", OURS); // of a balancer that the site no longer has
        volumes.create("fake_pages", OURS); // somebody else's, in the project
        volumes.create("other_haproxy-a-events", Map.of("com.docker.compose.project", "other"));
        volumes.create("fake_stray-events", Map.of());
    }

    private void onlyOthersAreLeft() {
        assertThat(site.engine().volumeNames())
                .containsExactly("fake_pages", "fake_stray-events", "other_haproxy-a-events");
    }

    @Test
    void whatBalancersRememberGoesAlsoOfThoseThatHaveLeft() {
        site.down();
        onlyOthersAreLeft();
    }

    @Test
    void whereNothingElseOfTheSiteIsLeftItGoesToo() {
        new Docker(site.engine()).composeProject("fake", _ -> {}, "down");
        assertThat(new Docker(site.engine()).containers("fake")).isEmpty();
        site.down();
        onlyOthersAreLeft();
    }
}
