package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Backend;
import dev.tandem.model.Listen;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a plan names as the cause: the keys that were changed.
class DifferencesTest {
    private static final Site SITE = Sample.site();

    private static Site with(Backend backend, List<Server> servers, Timing timing) {
        return new Site(
                SITE.name(),
                SITE.vip(),
                SITE.network(),
                SITE.balancers(),
                new Listen(80, 443, 8404),
                backend,
                servers,
                SITE.tls(),
                timing,
                SITE.handover(),
                Optional.empty());
    }

    @Test
    void theSameSiteDiffersInNothing() {
        assertThat(Differences.between(SITE, Sample.site())).isEmpty();
    }

    @Test
    void aKeyIsNamedAsInTheSiteFileWithBothValues() {
        Backend backend = new Backend(Backend.Balance.LEASTCONN, 2, "/health");
        assertThat(Differences.between(SITE, with(backend, SITE.servers(), SITE.timing())))
                .containsExactly(
                        "backend.balance: roundrobin → leastconn", "backend.check: / → /health");
    }

    @Test
    void serversAreComparedByName() {
        List<Server> servers =
                List.of(Sample.own("web-a", "172.20.0.9"), Sample.own("web-c", "172.20.0.4"));
        assertThat(Differences.between(SITE, with(SITE.backend(), servers, SITE.timing())))
                .containsExactly(
                        "servers.web-a.address: 172.20.0.2 → 172.20.0.9",
                        "servers.web-b: removed",
                        "servers.web-c: added");
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(
                        Differences.between(
                                SITE,
                                with(SITE.backend(), SITE.servers().reversed(), SITE.timing())))
                .containsExactly("servers: in another order");
    }

    @Test
    void timesAreWrittenInSeconds() {
        Timing slower = Timing.within(Duration.ofMillis(3100));
        assertThat(Differences.between(SITE, with(SITE.backend(), SITE.servers(), slower)))
                .contains("timing.advert: 0.05s → 1s");
    }
}
