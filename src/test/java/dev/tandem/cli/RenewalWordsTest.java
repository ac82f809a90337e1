package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Site;
import dev.tandem.model.Tls;
import dev.tandem.prepare.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How it stands with the certificate of a CA, for people and for programs.
class RenewalWordsTest {
    private static final Acme ACME =
            new Acme(
                    Optional.empty(),
                    "letsencrypt",
                    List.of("a.org", "b.org"),
                    Optional.empty(),
                    Optional.empty());
    private static final Held HELD =
            new Held(
                    ACME.url(),
                    ACME.names(),
                    Instant.parse("2027-01-01T00:00:00Z"),
                    Instant.parse("2027-04-01T00:00:00Z"),
                    Instant.parse("2027-02-28T09:14:11.5Z"));
    private static final Failure FAILURE =
            new Failure(
                    "",
                    2,
                    Instant.parse("2027-02-28T10:00:00Z"),
                    "the CA cannot be reached",
                    Instant.parse("2027-02-28T12:00:00Z"));

    @Test
    void status_says_when_the_next_one_is_due_and_why_the_last_order_failed() {
        assertThat(
                        RenewalWords.ofStatus(
                                ACME, new Renewal(Optional.of(HELD), Optional.of(FAILURE))))
                .containsExactly(
                        "from https://acme-v02.api.letsencrypt.org/directory for a.org, b.org,"
                                + " valid until 2027-04-01T00:00:00Z; the next one is due"
                                + " 2027-02-28T09:14:11Z",
                        "the last order failed 2027-02-28T10:00:00Z (2 in a row): the CA cannot be"
                                + " reached; the next one not before 2027-02-28T12:00:00Z");
    }

    @Test
    void until_there_is_one_it_says_how_to_get_it() {
        Site usual = Sample.site();
        Site site = with(ACME);

        assertThat(RenewalWords.ofStatus(ACME, Renewal.NONE).getFirst())
                .startsWith("none yet from https://")
                .endsWith("tandem certificate renew");
        assertThat(RenewalWords.afterUp(site, Renewal.NONE).orElseThrow())
                .contains("tandem certificate timer install");
        assertThat(RenewalWords.afterUp(site, new Renewal(Optional.of(HELD), Optional.empty())))
                .isEmpty();
        assertThat(RenewalWords.afterUp(usual, Renewal.NONE)).isEmpty();
        assertThat(json(site, new Renewal(Optional.of(HELD), Optional.of(FAILURE))))
                .contains("\"due\" : \"2027-02-28T09:14:11.500Z\"", "\"count\" : 2");
        assertThat(json(usual, Renewal.NONE)).doesNotContain("certificate");
    }

    @Test
    void validate_says_that_nobody_trusts_the_staging_one() {
        Acme staging =
                new Acme(
                        Optional.empty(),
                        Acme.STAGING,
                        List.of("a.org"),
                        Optional.empty(),
                        Optional.empty());

        assertThat(Warnings.of(with(staging)))
                .singleElement()
                .asString()
                .startsWith("tls.acme.directory: letsencrypt-staging: nobody trusts");
        assertThat(Warnings.of(with(ACME))).isEmpty();
    }

    private static Site with(Acme acme) {
        Site usual = Sample.site();
        return new Site(
                usual.name(),
                usual.vip(),
                usual.network().orElseThrow(),
                usual.balancers(),
                usual.listen(),
                usual.backend(),
                usual.servers(),
                new Tls(acme.names(), Optional.empty(), Optional.of(acme)));
    }

    private static String json(Site site, Renewal renewal) {
        return Json.object(json -> RenewalJson.write(json, site, renewal));
    }
}
