package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.Visible;
import dev.tandem.golden.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Golden cases: each directory holds a site file with mistakes and all messages about it.
/// `-Dgolden.write=true` writes the expectations; review the difference.
@Tag("golden")
class SiteErrorsTest {
    private static final Path CASES = Repository.path("src/test/golden/site-errors");

    @TestFactory
    Stream<DynamicTest> everyMistakeIsExplained() {
        return Repository.cases(CASES, SiteErrorsTest::explained);
    }

    private static void explained(Path directory) {
        Path expected = directory.resolve("expected.txt");
        String rendered = render(directory.resolve("tandem.yaml"));
        if (Golden.isWriting()) {
            Repository.write(expected, rendered);
        }
        assertThat(Files.exists(expected)).as("%s exists", expected).isTrue();
        assertThat(Repository.text(expected)).isNotBlank();
        assertThat(rendered).isEqualTo(Repository.text(expected));
        assertThat(rendered.replace("\n", ""))
                .as("nothing that a terminal would obey")
                .matches(text -> text.codePoints().allMatch(Visible::isPlain));
        assertThat(Repository.list(directory))
                .as("no other files in a case")
                .extracting(path -> path.getFileName().toString())
                .containsExactly("expected.txt", "tandem.yaml");
    }

    private static String render(Path file) {
        byte[] content = Repository.bytes(file);
        return switch (SiteReader.read("tandem.yaml", content, new FakeSurroundings())) {
            case Reading.Good(var site) -> throw new AssertionError("read without a word: " + site);
            case Reading.Bad bad -> bad.render();
        };
    }

    @Test
    void everyProblemHasAPositionAMessageAndOneHint() {
        for (Path directory : Repository.list(CASES)) {
            byte[] content = Repository.bytes(directory.resolve("tandem.yaml"));
            Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
            assertThat(((Reading.Bad) reading).problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> {
                        assertThat(problem.line()).isPositive();
                        assertThat(problem.column()).isPositive();
                        assertThat(problem.message()).isNotBlank();
                        assertThat(problem.hint()).isNotBlank();
                        assertThat(problem.render().lines()).hasSize(4);
                    });
        }
    }

    @Test
    void thereAreManyCases() {
        List<Path> cases = Repository.list(CASES);
        assertThat(cases).allMatch(Files::isDirectory).hasSizeGreaterThan(80);
    }
}
