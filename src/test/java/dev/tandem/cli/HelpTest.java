package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The help of every verb.
@Tag("golden")
class HelpTest {
    private static final List<Verb<?>> VERBS = RealVerbs.all(new Captured(Style.LINES).console());

    static Stream<String> verbs() {
        return VERBS.stream().map(Verb::name);
    }

    private static String help(String... arguments) {
        Captured captured = new Captured(Style.LINES);
        assertThat(RealVerbs.cli(captured.console()).run(arguments)).isEqualTo(ExitCode.OK);
        assertThat(captured.err()).isEmpty();
        assertThat(captured.out()).doesNotContain("\033");
        assertThat(captured.out().lines()).allMatch(line -> line.length() <= 100);
        return captured.out().stripTrailing();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbExplainsItself(String verb) {
        Golden.same("help/" + verb + ".txt", help(verb, "--help"));
    }

    @Test
    void theProgramListsItsVerbs() {
        Golden.same("help/tandem.txt", help("--help"));
    }

    @Test
    void thereIsOneTextForEachVerb() {
        List<String> texts = new ArrayList<>(verbs().map(verb -> verb + ".txt").toList());
        texts.add("tandem.txt");
        assertThat(Golden.names("help")).containsExactlyInAnyOrderElementsOf(texts);
    }
}
