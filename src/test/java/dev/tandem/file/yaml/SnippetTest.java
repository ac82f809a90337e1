package dev.tandem.file.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The line under a message, and the caret under the line.
class SnippetTest {
    @Test
    void theCaretIsUnderTheRelevantPart() {
        assertThat(Snippet.around("  adress: x", 3, 6))
                .isEqualTo(new Snippet("  adress: x", "  ^^^^^^"));
    }

    @Test
    void aMissingPartHasOneCaret() {
        assertThat(Snippet.around("vip:", 5, 0)).isEqualTo(new Snippet("vip:", "    ^"));
        assertThat(Snippet.around("", 1, 0)).isEqualTo(new Snippet("", "^"));
    }

    @Test
    void longLinesAreCutAroundTheCaret() {
        Snippet middle = Snippet.around("a".repeat(200) + "bad" + "c".repeat(200), 201, 3);
        assertThat(middle.text()).hasSize(80).startsWith("…a").endsWith("c…");
        assertThat(middle.text().charAt(middle.caret().indexOf('^'))).isEqualTo('b');
        assertThat(Snippet.around("a".repeat(200), 1, 1).text()).isEqualTo("a".repeat(78) + "…");
        assertThat(Snippet.around("a".repeat(199) + "b", 200, 9).text())
                .startsWith("…")
                .endsWith("ab");
    }

    @Test
    void theCaretsNeverRunPastTheLine() {
        assertThat(Snippet.around("abc", 2, 50).caret()).isEqualTo(" ^^");
        assertThat(Snippet.around("abc", 99, 50).caret()).isEqualTo("   ^");
    }

    @Test
    void controlCharactersBecomeSymbols() {
        assertThat(Snippet.around("\u001b[31m\tx\u009b\u202e\u007f", 1, 1).text())
                .isEqualTo("␛[31m→x\ufffd\ufffd␡");
    }

    @Test
    void wideAndCombiningCharactersMoveTheCaretByTheirCells() {
        assertThat(Snippet.around("网站: x", 5, 1).caret()).isEqualTo("      ^");
        assertThat(Snippet.around("to\u0302i: x", 7, 1).caret()).isEqualTo("     ^");
    }
}
