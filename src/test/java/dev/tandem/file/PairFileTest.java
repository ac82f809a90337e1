package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.Key;
import dev.tandem.golden.Golden;
import dev.tandem.model.Ip4;
import dev.tandem.model.Pair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Pair files: what is read, what is said of a wrong one (golden cases), and that document and
/// schema say what the table of keys says.
@Tag("golden")
class PairFileTest {
    private static final Path CASES = Repository.path("src/test/golden/pair-errors");
    private static final String DOCUMENT =
            Repository.text(Repository.path("docs/reference/pair.yaml.md"));
    private static final Pattern SECTION = Pattern.compile("(?ms)^### `([^`]+)`$(.*?)(?=^##|\\z)");
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
                                new Pair.Paths("/", Optional.empty(), Optional.empty()),
                                List.of("usual-bl1", "usual-bl2"),
                                List.of()));
    }

    @Test
    void theFullExampleSaysEveryKey() {
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
                                        Optional.of("/tandem-drill/upload")),
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

    @Test
    void theDocumentHasExactlyTheKeysOfTheTable() {
        Map<String, String> sections = new LinkedHashMap<>();
        SECTION.matcher(DOCUMENT)
                .results()
                .forEach(found -> sections.put(found.group(1), found.group(2)));
        assertThat(sections.keySet())
                .containsExactlyElementsOf(PairKeys.all().stream().map(Key::path).toList());
        assertThat(PairKeys.all())
                .allSatisfy(key ->
                        assertThat(sections.get(key.path()))
                                .startsWith("\n\n" + key.sentence() + "\n")
                                .contains("\n- Type: " + key.type() + "\n")
                                .contains("\n- Default: " + standard(key) + "\n")
                                .contains("\n- Example: `" + key.example() + "`\n"));
    }

    private static String standard(Key key) {
        return switch (key.fallback()) {
            case Key.Fallback.Required() -> "required";
            case Key.Fallback.Fixed(String text) -> "`" + text + "`";
            case Key.Fallback.Derived(String words) -> words;
            case Key.Fallback.None() -> "none";
        };
    }

    @Test
    void theSchemaHasTheKeysSentencesAndDefaultsOfTheTable() {
        Map<?, ?> schema =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(
                                        Repository.text(
                                                Repository.path(
                                                        "docs/reference/pair.schema.json")));
        assertThat(schema.get("additionalProperties")).isEqualTo(false);
        Map<?, ?> properties = map(schema.get("properties"));
        assertThat(properties.keySet().stream().map(String::valueOf))
                .containsExactlyElementsOf(PairKeys.all().stream().map(Key::path).toList());
        for (Key key : PairKeys.all()) {
            Map<?, ?> one = map(properties.get(key.path()));
            assertThat(one.get("description")).isEqualTo(key.sentence());
            assertThat(Optional.ofNullable(one.get("default")).map(String::valueOf))
                    .isEqualTo(key.fixed());
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
