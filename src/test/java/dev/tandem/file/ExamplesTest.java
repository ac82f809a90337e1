package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The examples in this repository are read from disk, as a user's files are.
class ExamplesTest {
    private static final Path EXAMPLES = Repository.path("examples");

    private static Site example(String name) {
        Path directory = EXAMPLES.resolve(name);
        byte[] content = Repository.bytes(directory.resolve("tandem.yaml"));
        return switch (SiteReader.read("tandem.yaml", content, new Disk(directory))) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    @Test
    void theMinimalExampleHasAboutTenLines() {
        Site site = example("minimal");
        assertThat(site.services()).containsExactly("haproxy-a", "haproxy-b", "web-a", "web-b");
        assertThat(Repository.text(EXAMPLES.resolve("minimal/tandem.yaml")).lines())
                .hasSizeLessThan(13);
    }

    @Test
    void ownContentIsADirectoryBesideTheFile() {
        Site site = example("own-content");
        assertThat(site.ownServers())
                .hasSize(2)
                .extracting(Server.Own::content)
                .containsOnly(Optional.of("./content"));
        assertThat(EXAMPLES.resolve("own-content/content/index.html")).isRegularFile();
        assertThat(site.tls().names()).containsExactly("shop.example.org");
    }

    @Test
    void existingServersAreReadFromTheirUrls() {
        Site site = example("existing-servers");
        assertThat(site.ownServers()).isEmpty();
        assertThat(site.servers())
                .hasSize(3)
                .allMatch(Server.Existing.class::isInstance)
                .last()
                .isEqualTo(
                        new Server.Existing(
                                "intranet",
                                Server.Scheme.HTTPS,
                                "intranet.example.org",
                                443,
                                Optional.empty()));
    }

    /// Those of `front-doors`: `FrontDoorsTest`.
    @Test
    void everyExampleIsCoveredByATest() {
        assertThat(Repository.list(EXAMPLES))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "existing-servers", "front-doors", "minimal", "own-content");
    }

    /// Editors read it: the path is from the directory of the file.
    @Test
    void everyExampleNamesItsSchemaInTheFirstLine() {
        List<Path> sites =
                Stream.concat(
                                Stream.of(Repository.path("tandem.yaml")),
                                Repository.list(EXAMPLES).stream()
                                        .filter(one -> !one.endsWith("front-doors"))
                                        .map(one -> one.resolve("tandem.yaml")))
                        .toList();
        assertThat(sites)
                .allSatisfy(file -> assertThat(schema(file)).isEqualTo("tandem.schema.json"));
        assertThat(schema(Repository.path("bench/usual-pair/pair.yaml")))
                .isEqualTo("pair.schema.json");
    }

    /// The name of the schema, which is where the first line says.
    private static String schema(Path file) {
        String first = Repository.text(file).lines().findFirst().orElseThrow();
        String begin = "# yaml-language-server: $schema=";
        assertThat(first).startsWith(begin);
        Path schema = file.resolveSibling(first.substring(begin.length())).normalize();
        assertThat(schema).isRegularFile().hasParent(Repository.path("docs/reference"));
        return schema.getFileName().toString();
    }

    /// The disk, as the command line sees it.
    private record Disk(Path directory) implements Surroundings {
        @Override
        public boolean isDirectory(String path) {
            return Files.isDirectory(directory.resolve(path));
        }

        @Override
        public Optional<byte[]> read(String path) {
            Path file = directory.resolve(path);
            return Files.isRegularFile(file)
                    ? Optional.of(Repository.bytes(file))
                    : Optional.empty();
        }
    }
}
