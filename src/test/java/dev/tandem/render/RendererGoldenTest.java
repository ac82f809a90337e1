package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Golden cases: each directory holds a site file and every file that is rendered from it. Write
/// the expectations anew with `-Dgolden.write=true`, and read the difference.
class RendererGoldenTest {
    private static final int SHUFFLES = 5;

    @TestFactory
    Stream<DynamicTest> everySiteRendersToItsFiles() {
        return RenderCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> asExpected(one)));
    }

    private static void asExpected(RenderCase one) {
        Rendering rendering = one.render(one.yaml());
        if (Boolean.getBoolean("golden.write")) {
            one.expect(rendering);
        }
        assertThat(rendering.files().keySet()).isEqualTo(one.expected().keySet());
        one.expected()
                .forEach((path, text) ->
                        assertThat(rendering.file(path)).as("%s: %s", one, path).isEqualTo(text));
    }

    @TestFactory
    Stream<DynamicTest> renderedAgainTheBytesAreTheSame() {
        return RenderCase.all().stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.toString(),
                                () ->
                                        assertThat(one.render(one.yaml()))
                                                .isEqualTo(one.render(one.yaml()))));
    }

    @TestFactory
    Stream<DynamicTest> theOrderOfKeysMakesNoDifference() {
        return RenderCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> shuffled(one)));
    }

    private static void shuffled(RenderCase one) {
        Rendering asWritten = one.render(one.yaml());
        for (long seed = 1; seed <= SHUFFLES; seed++) {
            String yaml = ShuffledKeys.of(one.yaml(), seed);
            assertThat(one.render(yaml).files()).as(yaml).isEqualTo(asWritten.files());
            assertThat(one.render(yaml).services()).isEqualTo(asWritten.services());
        }
    }

    @TestFactory
    Stream<DynamicTest> aCaseHoldsNothingElse() {
        return RenderCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> nothingElse(one)));
    }

    private static void nothingElse(RenderCase one) throws IOException {
        try (Stream<Path> files = Files.list(one.directory())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("tandem.yaml", "expected")
                    .isSubsetOf("tandem.yaml", "lan.txt", "orders.txt", "expected");
        }
    }

    @Test
    void theCustomersCaseIsTheFileThatIsShipped() {
        assertThat(RenderCase.named("customer").yaml())
                .isEqualTo(RenderCase.text(RenderCase.home().resolve("tandem.yaml")));
    }

    @Test
    void thereAreManyCases() {
        assertThat(RenderCase.all()).hasSizeGreaterThanOrEqualTo(12);
    }
}
