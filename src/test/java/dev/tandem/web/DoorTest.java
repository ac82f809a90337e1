package dev.tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in, and what the page may ask for.
class DoorTest {
    private static final Door DOOR = new Door(8405, "secret");

    private static final String HERE = "127.0.0.1:8405";

    /// `HERE` is the page's own name.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    changes | host           | origin           | cookie             | query        | answer
                    no      | HERE           |                  | tandem=secret      |              | IN
                    no      | localhost:8405 |                  | a=b; tandem=secret | events=30    | IN
                    yes     | HERE           | http://HERE      | tandem=secret      |              | IN
                    no      | HERE           |                  |                    | token=secret | ENTERS
                    no      | HERE           |                  |                    |              | UNKNOWN
                    no      | HERE           |                  | tandem=other       |              | UNKNOWN
                    no      | HERE           |                  | xtandem=secret     |              | UNKNOWN
                    no      | HERE           |                  |                    | token=secre  | UNKNOWN
                    yes     | HERE           | http://HERE      |                    | token=secret | UNKNOWN
                    no      | evil.example   |                  | tandem=secret      |              | WRONG_NAME
                    no      | 127.0.0.1:8406 |                  | tandem=secret      |              | WRONG_NAME
                    no      |                |                  | tandem=secret      |              | WRONG_NAME
                    yes     | HERE           | https://evil     | tandem=secret      |              | WRONG_PAGE
                    yes     | HERE           | http://localhost:80| tandem=secret      |              | WRONG_PAGE
                    yes     | HERE           | null             | tandem=secret      |              | WRONG_PAGE
                    yes     | HERE           |                  | tandem=secret      |              | WRONG_PAGE
                    no      | HERE           | https://evil     | tandem=secret      |              | WRONG_PAGE
                    """)
    void onlyTheOperatorsOwnPageGetsIn(ArgumentsAccessor row) {
        Door.Visit visit =
                new Door.Visit(
                        cell(row, 0).equals(Optional.of("yes")),
                        cell(row, 1),
                        cell(row, 2),
                        cell(row, 3),
                        cell(row, 4));

        assertThat(DOOR.answer(visit)).isEqualTo(Door.Answer.valueOf(cell(row, 5).orElseThrow()));
    }

    private static Optional<String> cell(ArgumentsAccessor row, int column) {
        return Optional.ofNullable(row.getString(column)).map(text -> text.replace("HERE", HERE));
    }

    @Test
    void theCookieIsSentForNoOtherPage() {
        assertThat(DOOR.cookie()).contains("tandem=secret", "HttpOnly", "SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "apply",
                "rollback",
                "switchover",
                "switchover haproxy-b",
                " drain  web-a ",
                "weight web-a 50%",
                "ready haproxy-a",
                "maintenance haproxy-a"
            })
    void thePageMayAskForWhatItHasButtonsFor(String line) {
        assertThat(Wish.of(line).orElseThrow().typed())
                .isEqualTo("tandem " + line.strip().replaceAll(" +", " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "down",
                "up",
                "drill haproxy-kill",
                "apply --yes",
                "apply -y",
                "drain --force",
                "drain web-a --force",
                "plan --file=/etc/passwd",
                "drain web-a web-b",
                "drain web-a;reboot",
                "drain\u00a0web-a",
                "drain web-a\nready web-a",
                "APPLY"
            })
    void andForNothingElse(String line) {
        assertThat(Wish.of(line)).isEmpty();
    }
}
