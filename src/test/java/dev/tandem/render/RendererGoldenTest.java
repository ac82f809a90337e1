package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.golden.Golden;
import dev.tandem.golden.LineDiff;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Golden cases: each directory holds a site file and its expected rendering, see {@link
/// Expectation}. `-Dgolden.write=true` writes the expectations; review the difference.
@Tag("golden")
class RendererGoldenTest {
    private static final int SHUFFLES = 5;

    @TestFactory
    Stream<DynamicTest> everySiteRendersToItsFiles() {
        return RenderCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> asExpected(one)));
    }

    private static void asExpected(RenderCase one) {
        SortedMap<String, String> wanted = Expectation.of(one.name(), one.rendered());
        if (Golden.isWriting()) {
            one.expect(wanted);
        }
        SortedMap<String, String> expected = one.expected();
        assertThat(wanted.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, text) ->
                assertThat(wanted.get(path)).as("%s: %s", one, path).isEqualTo(text));
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

    @Test
    void fourCasesAreWholeAndTheOthersAreDifferencesFromMinimal() {
        assertThat(RenderCase.all())
                .filteredOn(one -> one.expected().containsKey("expected/compose.yaml"))
                .extracting(RenderCase::name)
                .containsExactlyInAnyOrderElementsOf(Expectation.WHOLE)
                .hasSize(4);
        assertThat(RenderCase.all())
                .filteredOn(one -> !Expectation.WHOLE.contains(one.name()))
                .allSatisfy(one ->
                        assertThat(one.expected()).containsOnlyKeys(Expectation.DIFFERENCES));
    }

    @Test
    void everyFileCanBeRestoredFromItsDifference() {
        SortedMap<String, String> minimal = RenderCase.named("minimal").rendered();
        for (RenderCase one : RenderCase.all()) {
            one.rendered()
                    .forEach((path, text) -> {
                        String before = minimal.getOrDefault(path, "");
                        assertThat(LineDiff.applied(before, LineDiff.of(before, text)))
                                .as("%s: %s", one, path)
                                .isEqualTo(text);
                    });
        }
    }

    @Test
    void theCustomersCaseIsTheShippedFile() {
        assertThat(RenderCase.named("customer").yaml())
                .isEqualTo(RenderCase.text(RenderCase.home().resolve("tandem.yaml")));
    }

    @Test
    void thereAreManyCases() {
        assertThat(RenderCase.all()).hasSizeGreaterThanOrEqualTo(12);
    }
}
