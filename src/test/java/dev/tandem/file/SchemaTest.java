package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.golden.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The schemas for editors are generated from the tables of keys, and reject nothing that the
/// program accepts. `-Dgolden.write=true` prints them.
@Tag("golden")
class SchemaTest {
    private static final Map<String, Object> SITE =
            KeySchema.of(Keys.FILE, "tandem.yaml", "tandem validate");
    private static final Map<String, Object> PAIR =
            KeySchema.of(PairKeys.FILE, "pair.yaml", "tandem drill --pair");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static Object loaded(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void theSchemasAreGeneratedFromTheKeys() {
        Golden.sameFile("docs/reference/tandem.schema.json", Json.of(SITE));
        Golden.sameFile("docs/reference/pair.schema.json", Json.of(PAIR));
    }

    /// JSON is YAML, so the YAML library reads it.
    @Test
    void theGeneratedTextIsTheSchema() {
        assertThat(loaded(Json.of(SITE))).isEqualTo(SITE);
        assertThat(loaded(Json.of(PAIR))).isEqualTo(PAIR);
    }

    @Test
    void everyValidSiteFitsTheSchema() {
        assertThat(sites())
                .hasSizeGreaterThan(20)
                .allSatisfy(yaml ->
                        assertThat(SchemaCheck.complaints(SITE, loaded(yaml))).as(yaml).isEmpty());
    }

    private static List<String> sites() {
        Stream<Path> files =
                Stream.concat(
                        Stream.of("src/test/golden/render", "examples")
                                .flatMap(path -> Repository.list(Repository.path(path)).stream())
                                .map(one -> one.resolve("tandem.yaml"))
                                .filter(Files::exists),
                        Repository.list(Repository.path("examples/front-doors")).stream());
        return Stream.concat(
                        files.filter(file -> file.toString().endsWith(".yaml"))
                                .map(Repository::text),
                        examples("docs/reference/tandem.yaml.md"))
                .toList();
    }

    private static Stream<String> examples(String document) {
        return YAML.matcher(Repository.text(Repository.path(document)))
                .results()
                .map((MatchResult found) -> found.group(1));
    }

    @Test
    void everyPairOfTheReferenceFitsTheSchema() {
        assertThat(examples("docs/reference/pair.yaml.md"))
                .hasSize(2)
                .allSatisfy(
                        yaml -> assertThat(SchemaCheck.complaints(PAIR, loaded(yaml))).isEmpty());
    }

    @Test
    void aMistakeIsMarkedInTheEditor() {
        String good = "vip: {address: 10.0.0.9}\nbalancers: {a: }\nservers: {b: }\n";

        assertThat(SchemaCheck.complaints(SITE, loaded(good))).isEmpty();
        assertThat(
                        List.of(
                                "adress: 1",
                                "site: Shop",
                                "site: 7",
                                "listen: {http: 0}",
                                "backend: {balance: fastest}",
                                "backend: {retry_methods: [GET]}",
                                "tls: {key: a.key}",
                                "tls: {key: a.key, certificate: a.pem, names: [a.org]}"))
                .allSatisfy(slip ->
                        assertThat(SchemaCheck.complaints(SITE, loaded(good + slip))).hasSize(1));
        assertThat(SchemaCheck.complaints(SITE, loaded("site: shop")))
                .hasSize(2)
                .allSatisfy(complaint -> assertThat(complaint).contains("required"));
        String alone = "services: {db: {listen: 5432, servers: {b: {url: 'tcp://10.0.0.8:5432'}}}}";
        assertThat(SchemaCheck.complaints(SITE, loaded(good.replaceFirst("servers: .*\n", alone))))
                .isEmpty();
    }

    @Test
    void everyExampleFitsItsKey() {
        for (FileKind kind : List.of(Keys.FILE, PairKeys.FILE)) {
            Map<String, Object> whole = KeySchema.of(kind, "", "");
            assertThat(kind.keys()).allSatisfy(key -> fits(whole, key));
        }
    }

    private static void fits(Map<String, Object> whole, Key key) {
        Map<?, ?> example = (Map<?, ?>) loaded(key.example());
        Object value = example.values().iterator().next();
        assertThat(SchemaCheck.complaints(below(whole, key.path()), value))
                .as(key.path())
                .allMatch(complaint -> complaint.contains("required"));
    }

    private static Map<?, ?> below(Map<?, ?> schema, String path) {
        Map<?, ?> found = schema;
        for (String name : path.split("\\.", -1)) {
            found =
                    SchemaCheck.map(
                            name.startsWith("<")
                                    ? found.get("additionalProperties")
                                    : SchemaCheck.map(found.get("properties")).get(name));
        }
        return found;
    }
}
