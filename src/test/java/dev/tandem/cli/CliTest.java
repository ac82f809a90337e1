package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.model.Stop;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How the command line turns the outcome of its verbs into a message and an exit code.
class CliTest {
    private final Captured captured = new Captured(Style.LINES);

    /// Verbs named `up` and `status`; `up` does this.
    private ExitCode run(Supplier<ExitCode> up, String... arguments) {
        List<Doing> verbs = List.of(new Doing("up", up), new Doing("status", () -> ExitCode.NO));
        return new Cli(captured.console(), verbs).run(arguments);
    }

    private ExitCode run(String... arguments) {
        return run(() -> ExitCode.OK, arguments);
    }

    @Test
    void theExitCodeIsTheVerbs() {
        assertThat(run("up")).isEqualTo(ExitCode.OK);
        assertThat(run("status")).isEqualTo(ExitCode.NO);
        assertThat(captured.out() + captured.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OK, 0",
        "NO, 1",
        "USAGE, 2",
        "SITE_FILE, 3",
        "REFUSED, 4",
        "ENVIRONMENT, 5",
        "BUG, 70"
    })
    void theExitCodesAreStable(ExitCode code, int number) {
        assertThat(code.number()).isEqualTo(number);
    }

    @Test
    void anUnknownVerbIsRefusedWithASuggestion() {
        assertThat(run("stauts")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: Unmatched argument at index 0: 'stauts'
                          did you mean 'status'?
                          next:  tandem --help
                        """);
        assertThat(captured.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "start, up",
        "restart, up",
        "create, up",
        "stop, down",
        "ps, status",
        "kill-haproxy, drill haproxy-kill"
    })
    void theWordsOfOtherProgramsAreUnderstood(String word, String verb) {
        assertThat(run(word)).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("\n  did you mean '" + verb + "'?\n");
    }

    @Test
    void helpIsAVerbToo() {
        assertThat(run("help")).isEqualTo(ExitCode.OK);
        String all = captured.out();
        assertThat(run("help", "up")).isEqualTo(ExitCode.OK);
        assertThat(captured.out().substring(all.length())).startsWith("Usage: tandem up ");
        assertThat(all).startsWith("Usage: tandem ").contains("130 interrupted").contains("143");
        assertThat(captured.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--version", "-V"})
    void theVersionIsAnOptionToo(String option) {
        ExitCode exit = RealVerbs.cli(captured.console()).run(option);
        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).startsWith("tandem ");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(run("up", "--fiel", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .startsWith("tandem: Unknown options: '--fiel', 'x'\n")
                .endsWith("  next:  tandem up --help\n");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThat(run("up", "--file")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: Missing required parameter for option '--file' (FILE)
                          next:  tandem up --help
                        """);
    }

    @Test
    void withoutAVerbTheVerbsAreListed() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(captured.out()).contains("Does what a test wants.", "up", "status");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void helpIsAnAnswer() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(run("up", "-h")).isEqualTo(ExitCode.OK);
        assertThat(captured.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Stop.Kind.class)
    void aStopShowsItsFourPartsAndSetsItsExitCode(Stop.Kind kind) {
        Supplier<ExitCode> up =
                () -> {
                    throw new Stop(
                            kind, "it stopped", "one line\nand another", "as before", "tandem up");
                };
        assertThat(run(up, "up").name()).isEqualTo(kind.name());
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: it stopped
                          seen:  one line
                                 and another
                          state: as before
                          next:  tandem up
                        """);
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void aBugIsTheOnlyCaseWithAStackTrace() {
        Supplier<ExitCode> up =
                () -> {
                    throw new IllegalStateException("not so", new ArithmeticException("/ by zero"));
                };
        assertThat(run(up, "up")).isEqualTo(ExitCode.BUG);
        assertThat(captured.err())
                .startsWith(
                        """
                        tandem: this is a bug in Tandem; please report it with the text below
                        java.lang.IllegalStateException: not so
                        \tat dev.tandem.cli.CliTest.\
                        """)
                .contains("Caused by: java.lang.ArithmeticException: / by zero\n");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void aFileThatTheMachineRefusesIsNoBug() {
        Supplier<ExitCode> up =
                () -> {
                    throw new UncheckedIOException(new AccessDeniedException("/srv/shop/.lock"));
                };
        assertThat(run(up, "up")).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: cannot use /srv/shop/.lock
                          seen:  permission denied
                          state: what was done until then stays; a second call goes on from there
                          next:  ls -ld '/srv/shop' '/srv/shop/.lock'; df -h '/srv/shop'
                        """);
    }

    @Test
    void aNameThatIsNoPathIsNoBug() {
        Supplier<ExitCode> up =
                () -> {
                    throw new IllegalStateException(Path.of("a\0b").toString());
                };
        assertThat(run(up, "up")).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(captured.err()).contains("is not a path\n  seen:  Nul character not allowed\n");
    }

    @Test
    void anErrorOfTheJavaVirtualMachineIsABugToo() {
        Supplier<ExitCode> up =
                () -> {
                    throw new StackOverflowError();
                };
        assertThat(run(up, "up")).isEqualTo(ExitCode.BUG);
        assertThat(captured.err()).contains("java.lang.StackOverflowError\n\tat ");
    }
}
