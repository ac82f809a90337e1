package dev.tandem.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long an order that failed waits.
class BackoffTest {
    private static final Instant NOW = Instant.parse("2027-03-01T00:00:00Z");
    private static final Acme ACME = acme("example.org");

    private static Acme acme(String name) {
        return new Acme(
                Optional.empty(), "letsencrypt", List.of(name), Optional.empty(), Optional.empty());
    }

    private static Failure failed(Optional<Failure> before, Optional<Instant> notBefore) {
        Backoff.Trouble trouble = new Backoff.Trouble("it said no", notBefore);
        return Backoff.failed(ACME, before, trouble, NOW, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 24", "7, 24", "1000000, 24"})
    void the_hours_double_up_to_a_day(int failures, int hours) {
        assertThat(Backoff.delay(failures, 0)).isEqualTo(Duration.ofHours(hours));
        assertThat(Backoff.delay(failures, -1))
                .isBetween(
                        Duration.ofMinutes(hours * 48L), Duration.ofHours(hours).minusSeconds(1));
    }

    @Test
    void failures_in_a_row_are_counted_and_another_question_begins_at_0() {
        Failure first = failed(Optional.empty(), Optional.empty());
        Failure second = failed(Optional.of(first), Optional.empty());
        Backoff.Trouble trouble = new Backoff.Trouble("it said no", Optional.empty());
        Failure other = Backoff.failed(acme("a.org"), Optional.of(second), trouble, NOW, 0);

        assertThat(first.count()).isEqualTo(1);
        assertThat(second.count()).isEqualTo(2);
        assertThat(second.next()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(other.count()).isEqualTo(1);
    }

    @Test
    void a_ca_that_limits_orders_is_asked_when_it_says_and_not_earlier() {
        Instant late = NOW.plus(Duration.ofDays(7));

        assertThat(failed(Optional.empty(), Optional.of(late)).next()).isEqualTo(late);
        assertThat(failed(Optional.empty(), Optional.of(NOW.plusSeconds(1))).next())
                .isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void what_a_ca_says_is_one_line_that_a_terminal_can_show() {
        Backoff.Trouble trouble =
                new Backoff.Trouble("a\n\033[31mb\u0007 " + "c".repeat(999), Optional.empty());

        assertThat(Backoff.failed(ACME, Optional.empty(), trouble, NOW, 0).why())
                .startsWith("a [31mb cc")
                .hasSize(500)
                .matches("[ -~]+");
    }
}
