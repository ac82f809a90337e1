package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A budget is read from one line, and all of its problems are reported at once.
class BudgetReaderTest {
    @Test
    void all_limits_are_read() {
        assertThat(BudgetReader.read("lost=0, outage = 500ms,p99=1.5s,takeover=2m"))
                .isEqualTo(
                        new BudgetReading.Good(
                                new Budget(
                                        Optional.of(0L),
                                        Optional.of(Duration.ofMillis(500)),
                                        Optional.of(Duration.ofMillis(1500)),
                                        Optional.of(Duration.ofMinutes(2)))));
    }

    @Test
    void a_limit_that_is_not_given_does_not_apply() {
        assertThat(BudgetReader.read("lost=17"))
                .isEqualTo(
                        new BudgetReading.Good(
                                new Budget(
                                        Optional.of(17L),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())));
    }

    @Test
    void all_problems_are_reported_at_once() {
        assertThat(problems("losst=0,outage=500,takeover=1s,takeover=2s,,speed=3"))
                .containsExactly(
                        "unknown limit \"losst\"; did you mean \"lost\"?",
                        "\"takeover\" is given twice",
                        "an empty part is no limit; a limit looks like this: outage=500ms",
                        "unknown limit \"speed\"; there are: lost, outage, p99, takeover",
                        "outage=500: not a time, such as 500ms, 1.5s or 2m");
    }

    @ParameterizedTest
    @CsvSource({
        "outtage=1s,  outage",
        "out=1s,      outage",
        "P99=1s,      p99",
        "take-over=1s, takeover",
        "lst=1,       lost"
    })
    void a_misspelled_limit_gets_a_suggestion(String text, String meant) {
        assertThat(problems(text)).singleElement().asString().contains("did you mean \"" + meant);
    }

    @ParameterizedTest
    @CsvSource({
        "lost=-1",
        "lost=",
        "lost=1.5",
        "lost=99999999999999999999",
        "outage=-1s",
        "outage=1h",
        "p99=fast",
        "takeover=1e3s",
        "lost",
        "''"
    })
    void a_value_that_is_not_a_limit_is_refused(String text) {
        assertThat(problems(text)).hasSize(1);
    }

    private static List<String> problems(String text) {
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Bad(List<String> problems) -> problems;
            case BudgetReading.Good good -> throw new AssertionError(good);
        };
    }
}
