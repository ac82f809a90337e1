package dev.tandem.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.golden.Golden;
import dev.tandem.manual.ProgramPage.Argument;
import dev.tandem.manual.ProgramPage.Arity;
import dev.tandem.manual.ProgramPage.Choice;
import dev.tandem.manual.ProgramPage.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is made of a small program with everything in it that needs care: quotes, brackets, percent
/// signs, a dot at the beginning.
@Tag("golden")
class ManualTest {
    private static final Choice FILE =
            new Choice(List.of("-f", "--file"), "FILE", "The site file.");
    private static final Choice TO =
            new Choice(List.of("--to"), "DIR", ".tandem [the usual one], or what's named.");
    private static final Choice QUICK =
            new Choice(List.of("--quick"), "", "100 % of a \\ at once.");
    private static final ProgramPage PROGRAM =
            new ProgramPage(
                    "tandem",
                    "1.2.3",
                    "A sample: it does nothing.",
                    List.of(
                            new Verb(
                                    "drain",
                                    "Nobody's requests.",
                                    List.of(FILE, QUICK),
                                    List.of(
                                            new Argument("NODE", Arity.ONE, "A web server."),
                                            new Argument("PERCENT", Arity.ONE, "1% to 100%."))),
                            new Verb(
                                    "drill",
                                    "Breaks it.",
                                    List.of(TO),
                                    List.of(new Argument("FAULT", Arity.MANY, "What.")))),
                    "Exit codes: 0 yes, 1 no.");

    @Test
    void bash() {
        Golden.same("manual/tandem.bash", BashCompletion.of(PROGRAM).stripTrailing());
    }

    @Test
    void zsh() {
        Golden.same("manual/tandem.zsh", ZshCompletion.of(PROGRAM).stripTrailing());
    }

    @Test
    void fish() {
        Golden.same("manual/tandem.fish", FishCompletion.of(PROGRAM).stripTrailing());
    }

    @Test
    void pages() {
        Map<String, String> pages = ManualPage.all(PROGRAM);
        pages.forEach((name, page) -> Golden.same("manual/" + name, page.stripTrailing()));
        assertThat(Golden.names("manual").stream().filter(name -> name.endsWith(".1")))
                .containsExactlyInAnyOrderElementsOf(pages.keySet());
    }
}
