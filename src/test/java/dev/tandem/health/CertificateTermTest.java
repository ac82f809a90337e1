package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Site;
import dev.tandem.model.Tls;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When the expiry of the certificate that clients see is reported.
class CertificateTermTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Optional<String> told(String noted, Site site) {
        return new CertificateTerm(noted, NOW).lack(site).map(Lack::sentence);
    }

    private static Optional<String> told(Instant end) {
        return told(end.toString(), Sample.site());
    }

    @Test
    void itsExpiryIsReportedThreeWeeksAhead() {
        assertThat(told(NOW.plus(Duration.ofDays(21)).plus(SECOND))).isEmpty();
        assertThat(told(NOW.plus(Duration.ofDays(21))))
                .contains("certificate: it expires at 2026-12-13T12:00:00Z; tandem up renews it");
        assertThat(told(NOW.minus(SECOND)))
                .contains("certificate: it expires at 2026-11-22T11:59:59Z; tandem up renews it");
    }

    @Test
    void theUsersOwnCertificateIsRenewedByTheUser() {
        Site usual = Sample.site();
        Tls own = new Tls(List.of(), Optional.of(new Tls.Provided("./a.pem", "./a.key")));
        Site site =
                new Site(
                        usual.name(),
                        usual.vip(),
                        usual.network().orElseThrow(),
                        usual.balancers(),
                        usual.listen(),
                        usual.backend(),
                        usual.servers(),
                        own);
        assertThat(told(NOW.toString(), site).orElseThrow())
                .endsWith("; replace the files of tls.certificate and tls.key, then tandem up");
    }

    @Test
    void aSiteWithoutACertificateLacksNothing() {
        assertThat(told("", Sample.site())).isEmpty();
    }

    @Test
    void anUnreadableExpiryIsUnknownAndNotFarAway() {
        assertThat(told("soon", Sample.site()))
                .contains("certificate: unknown when it expires; tandem up finds out");
    }
}
