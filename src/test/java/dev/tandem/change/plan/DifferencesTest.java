package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Backend;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a plan names as the cause: the keys that were changed.
class DifferencesTest {
    private static final Site SITE = Sample.site();

    private static List<String> after(Site edited) {
        return Differences.between(SITE, edited).stream().map(Difference::text).toList();
    }

    @Test
    void theSameSiteDiffersInNothing() {
        assertThat(Differences.between(SITE, Sample.site())).isEmpty();
    }

    @Test
    void aDifferenceIsAPathAndBothValues() {
        assertThat(Differences.between(SITE, Edit.check(SITE, "/health")))
                .containsExactly(
                        new Difference.Changed(
                                KeyPath.of("backend", "check"),
                                Optional.of("/"),
                                Optional.of("/health")));
    }

    @Test
    void aKeyIsNamedAsInTheSiteFileWithBothValues() {
        Backend backend = new Backend(Backend.Balance.LEASTCONN, 2, "/health");
        assertThat(after(Edit.backend(SITE, backend)))
                .containsExactly(
                        "backend.balance: roundrobin → leastconn", "backend.check: / → /health");
    }

    @Test
    void aSectionThatComesOrGoesIsNamedKeyByKey() {
        Tls none = new Tls(List.of(), Optional.empty());
        Tls own = new Tls(List.of(), Optional.of(new Tls.Provided("./site.pem", "./site.key")));
        assertThat(Differences.between(none, own).stream().map(Difference::text))
                .containsExactly("certificate: none → ./site.pem", "key: none → ./site.key");
        assertThat(Differences.between(own, none).stream().map(Difference::text))
                .containsExactly("certificate: ./site.pem → none", "key: ./site.key → none");
    }

    @Test
    void serversAreComparedByName() {
        Site edited =
                Sample.serving(
                        SITE,
                        List.of(
                                Sample.own("web-a", "172.20.0.9"),
                                Sample.own("web-c", "172.20.0.4")));
        assertThat(after(edited))
                .containsExactly(
                        "servers.web-a.address: 172.20.0.2 → 172.20.0.9",
                        "servers.web-b: removed",
                        "servers.web-c: added");
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(after(Sample.serving(SITE, SITE.servers().reversed())))
                .containsExactly("servers: in another order");
    }

    @Test
    void timesAreWrittenInSeconds() {
        assertThat(after(Edit.timing(SITE, Timing.within(Duration.ofMillis(3100)))))
                .contains("timing.advert: 0.05s → 1s");
    }
}
