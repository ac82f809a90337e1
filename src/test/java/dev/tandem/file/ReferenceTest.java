package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Key.Fallback.Derived;
import dev.tandem.file.yaml.Key.Fallback.Fixed;
import dev.tandem.file.yaml.Key.Fallback.None;
import dev.tandem.file.yaml.Key.Fallback.Required;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The reference document says what the table of keys says: no more, no less, in the same order.
class ReferenceTest {
    private static final String DOCUMENT =
            Repository.text(Repository.path("docs/reference/tandem.yaml.md"));
    private static final Pattern SECTION = Pattern.compile("(?ms)^### `([^`]+)`$(.*?)(?=^##|\\z)");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher matcher = SECTION.matcher(DOCUMENT);
        while (matcher.find()) {
            assertThat(sections.put(matcher.group(1), matcher.group(2)))
                    .as("%s is documented once", matcher.group(1))
                    .isNull();
        }
        return sections;
    }

    @Test
    void exactlyTheKeysOfTheTableAreDocumentedInItsOrder() {
        assertThat(sections().keySet())
                .containsExactlyElementsOf(Keys.all().stream().map(Key::path).toList());
        assertThat(DOCUMENT.lines().filter(line -> line.startsWith("### ")))
                .hasSameSizeAs(Keys.all());
    }

    @TestFactory
    Stream<DynamicTest> everyKeyIsDocumentedWithItsTypeDefaultAndExample() {
        Map<String, String> sections = sections();
        return Keys.all().stream()
                .map(key ->
                        DynamicTest.dynamicTest(
                                key.path(),
                                () ->
                                        assertThat(sections.getOrDefault(key.path(), ""))
                                                .startsWith("\n\n" + key.sentence() + "\n")
                                                .contains("\n- Type: " + key.type() + "\n")
                                                .contains("\n- Default: " + standard(key))
                                                .contains(
                                                        "\n- Example: `" + key.example() + "`\n")));
    }

    private static String standard(Key key) {
        return switch (key.fallback()) {
            case Required() -> "required\n";
            case Fixed(String text) -> "`" + text + "`\n";
            case Derived(String words) -> words + "\n";
            case None() -> "none\n";
        };
    }

    @Test
    void theExamplesInItAreReadWithoutAComplaint() {
        List<String> examples =
                YAML.matcher(DOCUMENT).results().map(result -> result.group(1)).toList();
        assertThat(examples)
                .hasSize(2)
                .allSatisfy(example ->
                        assertThat(
                                        SiteReader.read(
                                                "tandem.yaml",
                                                example.getBytes(StandardCharsets.UTF_8),
                                                new FakeSurroundings()))
                                .isInstanceOf(Reading.Good.class));
        assertThat(Keys.all())
                .filteredOn(key -> !key.name().startsWith("<"))
                .allSatisfy(key -> assertThat(examples.getLast()).contains(key.name() + ":"));
    }
}
