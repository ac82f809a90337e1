package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// What is read without picocli is what picocli reads.
class PlainWordsTest {
    private static final List<Verb<?>> VERBS = RealVerbs.all(new Captured(Style.LINES).console());

    /// All command lines of at most three words or pairs of words that a verb knows.
    private static List<List<String>> lines(List<Declared> declared) {
        List<List<String>> parts = new ArrayList<>(List.of(List.of("one"), List.of("-x")));
        for (Declared one : declared) {
            for (String name : one.names()) {
                parts.add(List.of(name));
                parts.add(List.of(name, "5"));
                parts.add(List.of(name + "=7"));
                parts.add(List.of(name, "--json"));
                parts.add(List.of("--no-" + name.replaceFirst("^-+", "")));
            }
        }
        List<List<String>> lines = new ArrayList<>(List.of(List.of()));
        for (List<String> first : parts) {
            lines.add(first);
            for (List<String> second : parts) {
                lines.add(joined(first, second));
                lines.add(joined(joined(first, List.of("two")), second));
            }
        }
        return lines;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static Optional<Given> parsed(List<Declared> declared, List<String> words) {
        try {
            CommandLine line = new CommandLine(Specification.of(declared));
            return Optional.of(new ParsedGiven(line.parseArgs(words.toArray(String[]::new))));
        } catch (ParameterException e) {
            return Optional.empty();
        }
    }

    private static <A> int compared(Verb<A> verb) {
        Options options = new Options();
        Function<Given, A> reading = verb.options(options);
        int read = 0;
        for (List<String> words : lines(options.declared())) {
            Optional<Given> plain = PlainWords.read(options.declared(), words);
            if (plain.isPresent()) {
                assertThat(parsed(options.declared(), words).map(reading))
                        .as(verb.name() + " " + words)
                        .contains(reading.apply(plain.get()));
                read++;
            }
        }
        return read;
    }

    @Test
    void everyCommandLineThatItReadsIsReadByPicocliInTheSameWay() {
        for (Verb<?> verb : VERBS) {
            assertThat(compared(verb)).as(verb.name()).isPositive();
        }
    }

    private static Optional<Given> read(String line) {
        Options options = new Options();
        options.flag("Prints JSON.", "--json");
        options.text("FILE", "The file.", "-f", "--file");
        options.number("N", "A number.", "--number");
        options.argument("NODE", "The node.");
        return PlainWords.read(options.declared(), List.of(line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a --json",
                "--json -f x.yaml a",
                "--file=/tmp/x.yaml a",
                "a --number 12 --file ./x"
            })
    void whatPeopleTypeIsPlain(String line) {
        assertThat(read(line)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json",
                "a b",
                "a --json --json",
                "a --js",
                "a -fx.yaml",
                "a -f=x",
                "a --file",
                "a --file --json",
                "a --file=",
                "a --number 1x",
                "a --number -1",
                "a --help",
                "a --",
                "@words",
                "a --json=true"
            })
    void theRestIsLeftToPicocli(String line) {
        assertThat(read(line)).isEmpty();
    }
}
