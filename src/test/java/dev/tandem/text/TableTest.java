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
}
