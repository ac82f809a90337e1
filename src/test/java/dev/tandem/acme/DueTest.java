package dev.tandem.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a certificate is ordered, and which names another one has already.
class DueTest {
    private static final Instant BEGINS = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant ENDS = BEGINS.plus(Duration.ofDays(90));
    private static final Instant DUE = BEGINS.plus(Duration.ofDays(60));
    private static final Acme ACME = acme("letsencrypt", "example.org", "www.example.org");

    private static Acme acme(String directory, String... names) {
        return new Acme(
                Optional.empty(), directory, List.of(names), Optional.empty(), Optional.empty());
    }

    private static Optional<Held> held(String... names) {
        return Optional.of(new Held(ACME.url(), List.of(names), BEGINS, ENDS, DUE));
    }

    private static Renewal good() {
        return new Renewal(held("example.org", "www.example.org"), Optional.empty());
    }

    @Test
    void none_is_ordered_at_once() {
        assertThat(Due.of(ACME, Renewal.NONE, BEGINS)).isEqualTo(new Due.Now("there is none yet"));
    }

    @Test
    void one_that_is_young_stays_until_two_thirds_of_its_life_are_over() {
        assertThat(Due.of(ACME, good(), DUE.minusSeconds(1))).isEqualTo(new Due.Later(DUE));
        assertThat(Due.of(ACME, good(), DUE))
                .isEqualTo(new Due.Now("two thirds of its life are over"));
    }

    @Test
    void asking_again_and_again_orders_nothing() {
        for (int hour = 0; hour < 24 * 59; hour++) {
            Instant now = BEGINS.plus(Duration.ofHours(hour));
            assertThat(Due.of(ACME, good(), now)).isInstanceOf(Due.Later.class);
        }
    }

    @Test
    void another_directory_or_another_name_orders_one() {
        assertThat(Due.of(acme("letsencrypt-staging", "example.org"), good(), BEGINS))
                .isEqualTo(
                        new Due.Now(
                                "the one that there is comes from"
                                        + " https://acme-v02.api.letsencrypt.org/directory"));
        assertThat(Due.of(acme("letsencrypt", "example.org", "shop.example.org"), good(), BEGINS))
                .isEqualTo(new Due.Now("the one that there is is not for shop.example.org"));
    }

    @Test
    void a_name_less_orders_nothing() {
        assertThat(Due.of(acme("letsencrypt", "example.org"), good(), BEGINS))
                .isEqualTo(new Due.Later(DUE));
    }

    @Test
    void after_a_failure_it_waits_and_a_corrected_mistake_does_not() {
        Instant next = BEGINS.plus(Duration.ofHours(1));
        Failure failure = new Failure(Due.asked(ACME), 1, BEGINS, "refused", next);
        Renewal failed = new Renewal(Optional.empty(), Optional.of(failure));

        assertThat(Due.of(ACME, failed, next.minusSeconds(1)))
                .isEqualTo(new Due.Waits("there is none yet", failure));
        assertThat(Due.of(ACME, failed, next)).isInstanceOf(Due.Now.class);
        assertThat(Due.of(acme("letsencrypt", "example.org"), failed, BEGINS))
                .isInstanceOf(Due.Now.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 123_456_789})
    void chance_takes_at_most_a_twentieth_of_its_life(long chance) {
        assertThat(Due.after(BEGINS, ENDS, chance))
                .isBetween(DUE.minus(Duration.ofHours(108)), DUE)
                .isEqualTo(Due.after(BEGINS, ENDS, chance));
    }

    @Test
    void a_certificate_of_six_days_is_due_after_four() {
        assertThat(Due.after(BEGINS, BEGINS.plus(Duration.ofDays(6)), 0))
                .isEqualTo(BEGINS.plus(Duration.ofDays(4)));
    }

    /// A month that nobody renews anything: at three quarters of it somebody should look.
    @Test
    void one_that_nothing_renews_is_late_in_time() {
        assertThat(held("example.org").orElseThrow().late())
                .isEqualTo(BEGINS.plus(Duration.ofDays(70)));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org,     example.org,   ''",
        "www.example.org, *.example.org, ''",
        "example.org,     *.example.org, example.org",
        "a.b.example.org, *.example.org, a.b.example.org",
        "*.example.org,   *.example.org, ''",
        "*.example.org,   a.example.org, *.example.org",
        "wwwexample.org,  *.example.org, wwwexample.org"
    })
    void a_wildcard_stands_for_one_label(String wanted, String has, String lacks) {
        assertThat(CertificateNames.uncovered(List.of(wanted), List.of(has)))
                .isEqualTo(lacks.isEmpty() ? List.of() : List.of(lacks));
    }

    @Test
    void a_name_that_a_wildcard_stands_for_is_not_ordered_beside_it() {
        assertThat(
                        CertificateNames.needed(
                                List.of("example.org", "*.example.org", "www.example.org")))
                .containsExactly("example.org", "*.example.org");
    }
}
