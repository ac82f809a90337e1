package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A certificate that a CA gave is brought to the balancers, and nothing else is done.
class CertificateStepsTest {
    private final PlannedSite ground = new PlannedSite();

    private String plan() {
        return CertificateSteps.plan(ground.wanted(), ground.seen()).toString();
    }

    private void given() {
        ground.files.put("tls/balancer/site.pem", "2");
        ground.shouldLoad("haproxy-a", Loadable.CERTIFICATE, "2");
        ground.shouldLoad("haproxy-b", Loadable.CERTIFICATE, "2");
    }

    @Test
    void a_site_that_has_it_is_left_alone() {
        assertThat(CertificateSteps.plan(ground.wanted(), ground.seen()).isEmpty()).isTrue();
    }

    @Test
    void the_holder_of_the_vip_is_last() {
        given();
        assertThat(plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  certificate: a CA gave it
                        reload     haproxy-a  certificate: a CA gave it\
                        """);
        ground.holders.clear();
        ground.holders.add("haproxy-b");
        assertThat(plan())
                .isEqualTo(
                        """
                        reload     haproxy-a  certificate: a CA gave it
                        reload     haproxy-b  certificate: a CA gave it\
                        """);
    }

    /// It is done at night, while nobody looks.
    @Test
    void what_else_differs_stays_as_it_is() {
        given();
        ground.state("web-b", "exited");
        ground.stamps.put("web-a", "other");
        ground.hasLoaded("haproxy-a", Loadable.KEEPALIVED, "older");
        ground.hasLoaded("haproxy-b", Loadable.HAPROXY, "edited");

        assertThat(plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  certificate: a CA gave it
                        reload     haproxy-a  certificate: a CA gave it\
                        """);
    }

    @Test
    void a_balancer_that_does_not_answer_reads_it_when_it_starts() {
        given();
        ground.balancers.remove("haproxy-b");
        assertThat(plan()).isEqualTo("reload     haproxy-a  certificate: a CA gave it");
        ground.balancers.clear();
        assertThat(plan()).isEqualTo("write      site  tls/balancer/site.pem: a CA gave it");
    }

    @Test
    void one_that_was_written_and_not_loaded_is_loaded() {
        given();
        ground.present.put("tls/balancer/site.pem", "2");
        ground.hasLoaded("haproxy-b", Loadable.CERTIFICATE, "2");
        assertThat(plan()).isEqualTo("reload     haproxy-a  certificate: a CA gave it");
    }

    @Test
    void another_account_changes_what_is_answered_to_the_ca() {
        ground.files.put("haproxy-a/haproxy.cfg", "2");
        ground.files.put("haproxy-b/haproxy.cfg", "2");
        assertThat(plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: the site has another account at the CA
                        reload     haproxy-a  haproxy.cfg: the site has another account at the CA\
                        """);
    }
}
