package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
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

    private static Site with(Tls tls) {
        Site usual = Sample.site();
        return new Site(
                usual.name(),
                usual.vip(),
                usual.network().orElseThrow(),
                usual.balancers(),
                usual.listen(),
                usual.backend(),
                usual.servers(),
                tls);
    }

    /// A CA gave one for 90 days, which began so many days ago.
    private static Optional<String> given(int days, Optional<Failure> failure) {
        Acme acme =
                new Acme(
                        Optional.empty(),
                        Acme.STAGING,
                        List.of("a.org"),
                        Optional.empty(),
                        Optional.empty());
        Instant begins = NOW.minus(Duration.ofDays(days));
        Held held =
                new Held(
                        acme.url(),
                        acme.names(),
                        begins,
                        begins.plus(Duration.ofDays(90)),
                        begins.plus(Duration.ofDays(60)));
        Tls tls = new Tls(acme.names(), Optional.empty(), Optional.of(acme));
        return new CertificateTerm("", NOW, new Renewal(Optional.of(held), failure))
                .lack(with(tls))
                .map(Lack::sentence);
    }

    @Test
    void oneOfACaIsReportedWhenNothingRenewsIt() {
        assertThat(given(69, Optional.empty())).isEmpty();
        assertThat(given(70, Optional.empty()).orElseThrow())
                .contains("nothing has renewed it: tandem certificate timer install");
        Failure failure = new Failure("", 9, NOW, "the CA cannot be reached", NOW);
        assertThat(given(69, Optional.of(failure))).isEmpty();
        assertThat(given(70, Optional.of(failure)).orElseThrow())
                .contains("no order succeeded: the CA cannot be reached")
                .endsWith("tandem certificate renew --now");
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
        Tls own = new Tls(List.of(), Optional.of(new Tls.Provided("./a.pem", "./a.key")));
        assertThat(told(NOW.toString(), with(own)).orElseThrow())
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
