package dev.tandem.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Differences without line numbers: still exact, and still while other lines change.
class LineDiffTest {
    private static final String BEFORE =
            """
            # Of site shop.
            global
                user haproxy

            frontend http
                bind *:80
                mode http

            frontend https
                bind *:443
                mode http
            """;

    @Test
    void equalTextsHaveNone() {
        assertThat(LineDiff.of(BEFORE, BEFORE)).isEmpty();
        assertThat(LineDiff.of("", "")).isEmpty();
    }

    @Test
    void aHunkIsFoundByTheLinesThatEncloseIt() {
        assertThat(LineDiff.of(BEFORE, BEFORE.replace("*:443", "*:8443")))
                .isEqualTo(
                        """
                        @ frontend https
                        -    bind *:443
                        +    bind *:8443
                        """);
    }

    @Test
    void linesAreShownAroundItOnlyWhereItsPlaceWouldNotBeClear() {
        assertThat(LineDiff.of(BEFORE, BEFORE.replace("*:80\n", "*:80\n    maxconn 5\n")))
                .isEqualTo(
                        """
                        @ frontend http
                             bind *:80
                        +    maxconn 5
                        """);
    }

    @Test
    void aLineElsewhereChangesNothing() {
        String after = BEFORE.replace("*:443", "*:8443").replace("*:80\n", "*:80\n    log\n");
        String line = "    user haproxy\n    group haproxy\n";

        assertThat(LineDiff.of(longer(BEFORE, line), longer(after, line)))
                .isEqualTo(LineDiff.of(BEFORE, after));
    }

    private static String longer(String text, String line) {
        return text.replace("    user haproxy\n", line);
    }

    @Test
    void theSameLineInAnotherPlaceIsAnotherDifference() {
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
                .extracting(place -> LineDiff.of(BEFORE, withLineAt(place)))
                .doesNotHaveDuplicates();
    }

    private static String withLineAt(int place) {
        List<String> lines = BEFORE.lines().collect(Collectors.toList());
        lines.add(place, "    mode tcp");
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theSecondTextIsFoundAgainHoweverMuchItsLinesRepeat() {
        Random random = new Random(13);
        for (int i = 0; i < 3000; i++) {
            String before = text(random);
            String after = text(random);
            String difference = LineDiff.of(before, after);
            assertThat(LineDiff.applied(before, difference))
                    .as("from:%n%s%nby:%n%s", before, difference)
                    .isEqualTo(after);
            assertThat(difference.isEmpty()).isEqualTo(before.equals(after));
        }
    }

    private static String text(Random random) {
        List<String> lines = List.of("", "a", "b", "  c", "  }", "    d", "# e", "@ f", "-g", "+h");
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> lines.get(random.nextInt(lines.size())))
                .collect(Collectors.joining("\n", "", random.nextBoolean() ? "\n" : ""));
    }

    @Test
    void aDifferenceFromAnotherTextIsRefused() {
        String difference = LineDiff.of(BEFORE, BEFORE.replace("*:443", "*:8443"));

        assertThatThrownBy(() -> LineDiff.applied(BEFORE.replace("*:443", "*:444"), difference))
                .hasMessageStartingWith("0 places for");
    }
}
