package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The last words of a command.
class OutputTest {
    @Test
    void itsLastLinesAreThoseOfStderr() {
        Output output = new Output(1, "answer\n", "one\ntwo\nthree\n");
        assertThat(output.lastLines(2)).isEqualTo("two\nthree");
        assertThat(output.lastLines(9)).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void orOfStdoutWhenStderrIsBlank() {
        assertThat(new Output(1, "one\ntwo\n", " \n\n").lastLines(1)).isEqualTo("two");
    }

    @Test
    void aCommandThatSaidNothingHasNoLastWords() {
        assertThat(new Output(1, "", "").lastLines(5)).isEmpty();
        assertThat(new Output(1, "", "").lines()).isEmpty();
    }

    @Test
    void onlyExitCodeZeroIsGood() {
        assertThat(new Output(0, "", "warning").ok()).isTrue();
        assertThat(new Output(1, "", "").ok()).isFalse();
        assertThat(new Output(Output.TIMED_OUT, "", "").ok()).isFalse();
    }
}
