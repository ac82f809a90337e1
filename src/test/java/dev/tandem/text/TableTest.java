package dev.tandem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Tables of plain text.
class TableTest {
    @Test
    void columnsFitTheirWidestCellAndAreTwoSpacesApart() {
        Table table = new Table("NAME", "STATE").row("web-a", "UP").row(List.of("b", "DOWN 1/2"));
        assertThat(table)
                .hasToString(
                        """
                        NAME   STATE
                        web-a  UP
                        b      DOWN 1/2\
                        """);
    }

    @Test
    void noLineEndsWithSpaces() {
        assertThat(new Table("A", "B", "C").row("long one", "", ""))
                .hasToString("A         B  C\nlong one");
    }

    @Test
    void rowsMayBeShorterOrLongerThanTheHeadings() {
        assertThat(new Table("A").row("1", "2", "3").row()).hasToString("A\n1  2  3");
    }

    @Test
    void aTableWithoutRowsShowsOnlyItsHeadings() {
        assertThat(new Table("A", "B")).hasToString("A  B");
    }

    @Test
    void whatIsTooWideGoesOnBelow() {
        String long60 = word(60);
        assertThat(new Table("NAME", "WHY", "B").row(long60, "no answer within 3 s", "UP"))
                .hasToString(
                        """
                        NAME%s  WHY         B
                        %s  no answer   UP
                        %s  within 3 s\
                        """
                                .formatted(" ".repeat(56), long60, " ".repeat(60)));
    }

    @Test
    void columnsThatDoNotFitFollowBesideTheFirstOne() {
        Table table = new Table("SERVER", "A", "B", "C").row("web-a", word(50), word(30), "UP");
        assertThat(table)
                .hasToString(
                        """
                        SERVER  A
                        web-a   %s

                        SERVER  B                               C
                        web-a   %s  UP\
                        """
                                .formatted(word(50), word(30)));
    }

    @Test
    void aNumberStaysWithItsUnit() {
        String long60 = word(60);
        assertThat(new Table(long60, "B", "C").row("web-a", "0.002 s / 0.003 s", "UP"))
                .hasToString(
                        """
                        %s  B          C
                        web-a%s  0.002 s /  UP
                        %s  0.003 s\
                        """
                                .formatted(long60, " ".repeat(55), " ".repeat(60)));
    }

    @Test
    void aWordIsNeverBroken() {
        String path = "/" + word(99);
        assertThat(new Table("FILE", "WHAT").row(path, "is long").row("b", "c").toString())
                .contains(path + "\n");
    }

    private static String word(int length) {
        return "x".repeat(length);
    }
}
