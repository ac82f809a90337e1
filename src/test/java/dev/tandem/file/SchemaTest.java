package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The schema for editors has the keys, sentences and defaults of the table. JSON is YAML, so the
/// YAML library reads it.
class SchemaTest {
    private static final Map<?, ?> SCHEMA =
            (Map<?, ?>)
                    new Load(LoadSettings.builder().build())
                            .loadFromString(
                                    Repository.text(
                                            Repository.path("docs/reference/tandem.schema.json")));

    /// All keys of the schema with what it says about them.
    private static Map<String, Map<?, ?>> keys() {
        Map<String, Map<?, ?>> found = new LinkedHashMap<>();
        collect("", SCHEMA, found);
        return found;
    }

    private static void collect(String path, Map<?, ?> schema, Map<String, Map<?, ?>> found) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, child) -> enter(path, name, child, found));
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> each) {
            enter(path, "<name>", each, found);
        }
    }

    private static void enter(
            String path, Object name, Object child, Map<String, Map<?, ?>> found) {
        String below = path.isEmpty() ? name.toString() : path + "." + name;
        found.put(below, (Map<?, ?>) child);
        collect(below, (Map<?, ?>) child, found);
    }

    @Test
    void theSchemaHasExactlyTheKeysOfTheTable() {
        assertThat(keys().keySet())
                .containsExactlyElementsOf(Keys.all().stream().map(Key::path).toList());
    }

    @Test
    void everyKeyHasTheSentenceAndTheDefaultOfTheTable() {
        Map<String, Map<?, ?>> keys = keys();
        for (Key key : Keys.all()) {
            Map<?, ?> schema = keys.getOrDefault(key.path(), Map.of());
            assertThat(schema.get("description")).as(key.path()).isEqualTo(key.sentence());
            assertThat(schema.containsKey("default"))
                    .as(key.path())
                    .isEqualTo(key.fixed().isPresent());
            key.fixed()
                    .ifPresent(
                            text -> assertThat(schema.get("default")).asString().isEqualTo(text));
        }
    }

    @Test
    void noMapOfTheSchemaTakesUnknownKeys() {
        assertThat(SCHEMA.get("additionalProperties")).isEqualTo(false);
        assertThat(keys().values())
                .filteredOn(schema -> schema.containsKey("properties"))
                .allSatisfy(
                        schema -> assertThat(schema.get("additionalProperties")).isEqualTo(false));
    }
}
