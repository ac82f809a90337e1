package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Handover;
import dev.tandem.model.Site;
import dev.tandem.model.Size;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What each step of a plan names as its cause.
class CausesTest {
    private final PlannedSite ground = new PlannedSite();

    private void configure(String file, Loadable part) {
        ground.changes("haproxy-a", file, part);
        ground.changes("haproxy-b", file, part);
    }

    @Test
    void eachStepNamesTheKeysThatCauseItAndNoOthers() {
        configure("haproxy.cfg", Loadable.HAPROXY);
        ground.changes("web-a", "nginx.conf", Loadable.NGINX);
        ground.stamps.put("web-b", "2");
        ground.stamps.put("haproxy-b", "2");
        ground.site =
                Edit.hostname(
                        Edit.content(
                                Edit.check(Edit.handover(ground.site, Handover.OFF), "/health"),
                                "web-b",
                                "./pages"),
                        "haproxy-b",
                        "bl9");
        String plan = ground.plan();
        assertThat(plan)
                .contains("replace    web-b      servers.web-b.content: none → ./pages\n")
                .contains("reload     web-a      nginx.conf: this version of Tandem writes it")
                .contains("reload     haproxy-a  haproxy.cfg: backend.check: / → /health\n");
        assertThat(plan.lines().filter(line -> line.startsWith("replace    haproxy-b")))
                .singleElement()
                .asString()
                .contains("balancers.haproxy-b.hostname: haproxy-b → bl9")
                .doesNotContain("backend.check");
    }

    @Test
    void aLimitReplacesTheContainersThatItIsFor() {
        ground.stamps.put("web-a", "2");
        ground.site = Edit.webMemory(ground.site, Size.ofGigabytes(1));
        assertThat(ground.plan()).contains("replace    web-a  limits.web.memory: 4g → 1g\n");
    }

    @Test
    void ipv6NeedsContainersThatHaveIt() {
        ground.stamps.put("haproxy-a", "2");
        ground.stamps.put("haproxy-b", "2");
        ground.site = Edit.ipv6(ground.site);
        assertThat(ground.plan())
                .contains("replace    haproxy-b  listen.ipv6: off → on\n")
                .contains("replace    haproxy-a  listen.ipv6: off → on")
                .doesNotContain("web-");
    }

    @Test
    void howMuchOfALogIsKeptNeedsNewContainers() {
        ground.stamps.put("web-a", "2");
        ground.site = Edit.logs(ground.site, new Size(90));
        assertThat(ground.plan()).contains("replace    web-a  limits.logs: 60m → 90m\n");
    }

    @Test
    void aSecretForDrillsIsNoCertificateThatWasRenewed() {
        ground.files.put("tls/web-a/drill.conf", "2");
        ground.shouldLoad("web-a", Loadable.DRILL_SECRET, "2");
        assertThat(ground.plan())
                .isEqualTo(
                        "reload     web-a  secret for drills: its paths for drills get a secret");
    }

    @Test
    void anImageThatIsAnotherOneIsNamed() {
        ground.images.put("web", "tandem/web:1-2");
        ground.image("web-a", "tandem/web:1");
        ground.stamps.put("web-a", "2");
        assertThat(ground.plan()).contains("web-a  another image: tandem/web:1 → tandem/web:1-2\n");
        ground.site = Edit.content(ground.site, "web-a", "./pages");
        assertThat(ground.plan())
                .contains("none → ./pages; another image: tandem/web:1 → tandem/web:1-2\n");
    }

    /// Somebody has built it by hand, without a cache: its name and all stamps are as they were,
    /// and the engine shows the containers' image by its id.
    @Test
    void anImageThatWasRebuiltUnderTheSameNameIsPutToUse() {
        ground.images.put("balancer", "tandem/balancer:1");
        for (String id : List.of("sha256:" + "5af93625c5e2".repeat(5) + "0000", "5af93625c5e2")) {
            ground.image("haproxy-b", id);
            assertThat(ground.plan())
                    .startsWith(
                            "replace    haproxy-b  its image was rebuilt under the same name\n");
        }
        ground.image("haproxy-b", "tandem/balancer:1");
        assertThat(ground.plan()).doesNotContain("haproxy-b");
    }

    @Test
    void aPasswordThatComesIsNamedAndNotShown() {
        configure("haproxy.cfg", Loadable.HAPROXY);
        ground.site = Edit.login(ground.site);
        assertThat(ground.plan())
                .contains(
                        "haproxy.cfg: listen.health_user: none → monitor;"
                                + " listen.health_password: none → (a hash)")
                .doesNotContain("$5$");
    }

    @Test
    void aCertificateThatIsAnotherOneIsNotExplainedByTheVersionOfTandem() {
        ground.site = Edit.check(ground.site, "/health");
        ground.files.put("tls/balancer/site.pem", "2");
        ground.shouldLoad("haproxy-b", Loadable.CERTIFICATE, "2");
        assertThat(ground.plan()).contains("reload     haproxy-b  certificate: it was renewed\n");
        ground.site = Edit.certified(ground.site);
        assertThat(ground.plan())
                .contains("haproxy-b  certificate: tls.certificate: none → ./site.pem; tls.key: ");
        Site same = ground.site;
        assertThat(
                        Planner.plan(
                                        ground.wanted(),
                                        ground.seen(
                                                Origin.edited(
                                                        Optional.of(same), same, Optional.empty())))
                                .toString())
                .contains("haproxy-b  certificate: the files of tls.certificate and tls.key have");
    }
}
