package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import org.junit.jupiter.api.Test;

/// What reaches the two streams, byte for byte.
class ConsoleTest {
    private static final String WIPE = "\r\033[K";
    private final Captured lines = new Captured(Style.LINES);
    private final Captured live = new Captured(Style.LIVE);

    private static void work(Console console) {
        console.begin("building image");
        console.detail("step 1");
        console.detail("step 2");
        console.done("image built");
        console.answer("site tandem");
    }

    @Test
    void inALogEachActivityAndOutcomeIsALineAndDetailsAreOmitted() {
        work(lines.console());
        assertThat(lines.err()).isEqualTo("building image\nimage built\n");
        assertThat(lines.out()).isEqualTo("site tandem\n");
    }

    @Test
    void aLogHasNoCursorMovementsAndNoColours() {
        work(lines.console());
        lines.console().refresh();
        lines.console().remark("tandem: remark");
        assertThat(lines.err() + lines.out()).doesNotContain("\033", "\r", "\b");
    }

    @Test
    void onATerminalTheActivityIsOneLineThatChangesInPlace() {
        work(live.console());
        assertThat(live.err())
                .isEqualTo(
                        WIPE
                                + "building image"
                                + WIPE
                                + "building image: step 1"
                                + WIPE
                                + "building image: step 2"
                                + WIPE
                                + "✓ image built\n");
        assertThat(live.out()).isEqualTo("site tandem\n");
    }

    @Test
    void anAnswerFirstErasesTheOpenLine() {
        live.console().begin("looking");
        live.console().answer("yes");
        assertThat(live.err()).isEqualTo(WIPE + "looking" + WIPE);
        assertThat(live.out()).isEqualTo("yes\n");
    }

    @Test
    void withoutAnOpenLineNothingIsErased() {
        live.console().answer("yes");
        live.console().remark("no");
        assertThat(live.out()).isEqualTo("yes\n");
        assertThat(live.err()).isEqualTo("no\n");
    }

    /// Details come from other programs: their colours and cursor movements are filtered out.
    @Test
    void controlCharactersInADetailNeverReachTheTerminal() {
        live.console().begin("building");
        live.console().detail("a\033[31mred\033]0;title\007\rback\bspace\ttab\nline\0nul\177del");
        assertThat(live.err().replace(WIPE, "|"))
                .isEqualTo("|building|building: a [31mred ]0;title  back space tab line nul del");
    }

    @Test
    void aDetailNeverTakesMoreThanOneLine() {
        live.console().begin("building");
        live.console().detail("x".repeat(500));
        assertThat(live.err().substring(live.err().lastIndexOf(WIPE) + WIPE.length()))
                .hasSize(78)
                .startsWith("building: xxx")
                .endsWith("x");
    }

    @Test
    void aWatchedAnswerBeginsOnAClearScreen() {
        live.console().refresh();
        live.console().answer("site tandem");
        assertThat(live.out()).isEqualTo("\033[H\033[2Jsite tandem\n");
    }
}
