package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.golden.Golden;
import dev.tandem.model.Ip4;
import dev.tandem.model.Pair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pair files: what is read, and the messages about wrong ones (golden cases).
@Tag("golden")
class PairFileTest {
    private static final Path CASES = Repository.path("src/test/golden/pair-errors");
    private static final String DOCUMENT =
            Repository.text(Repository.path("docs/reference/pair.yaml.md"));
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static PairReading read(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return PairReader.read("pair.yaml", content, new FakeSurroundings());
    }

    private static Pair pair(String text) {
        return switch (read(text)) {
            case PairReading.Good(Pair pair) -> pair;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    private static List<String> examples() {
        return YAML.matcher(DOCUMENT).results().map(result -> result.group(1)).toList();
    }

    @Test
    void theShortExampleIsReadWithItsDefaults() {
        assertThat(pair(examples().getFirst()))
                .isEqualTo(
                        new Pair(
                                "usual",
                                Ip4.of("10.98.0.150"),
                                80,
                                Optional.empty(),
                                new Pair.Paths(
                                        "/", Optional.empty(), Optional.empty(), Optional.empty()),
                                List.of("usual-bl1", "usual-bl2"),
                                List.of()));
    }

    @Test
    void theFullExampleSetsEveryKey() {
        assertThat(pair(examples().getLast()))
                .isEqualTo(
                        new Pair(
                                "usual",
                                Ip4.of("10.98.0.150"),
                                80,
                                Optional.of(new Pair.Https(443, "ca.pem")),
                                new Pair.Paths(
                                        "/",
                                        Optional.of("/tandem-drill/slow"),
                                        Optional.of("/tandem-drill/upload"),
                                        Optional.of("drill-secret")),
                                List.of("usual-bl1", "usual-bl2"),
                                List.of("usual-web-a", "usual-web-b")));
        assertThat(PairKeys.all())
                .allSatisfy(key -> assertThat(examples().getLast()).contains(key.name() + ":"));
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsExplained() {
        return Repository.cases(CASES, PairFileTest::explained);
    }

    private static void explained(Path directory) {
        Path expected = directory.resolve("expected.txt");
        String rendered =
                switch (read(Repository.text(directory.resolve("pair.yaml")))) {
                    case PairReading.Good good -> throw new AssertionError("no word: " + good);
                    case Reading.Bad bad -> bad.render();
                };
        if (Golden.isWriting()) {
            Repository.write(expected, rendered);
        }
        assertThat(Files.exists(expected)).as("%s exists", expected).isTrue();
        assertThat(rendered).isNotBlank().isEqualTo(Repository.text(expected));
        assertThat(Repository.list(directory)).hasSize(2);
    }

    @TestFactory
    Stream<DynamicTest> everyKeyHasAGoldenErrorCaseThatNamesIt() {
        String expectations = Repository.messages(CASES, "pair.yaml");
        return PairKeys.all().stream()
                .map(key ->
                        DynamicTest.dynamicTest(
                                key.path(),
                                () ->
                                        assertThat(expectations)
                                                .containsPattern("(?m)^" + key.path() + "\\b")));
    }
}
