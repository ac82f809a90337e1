package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.fault.Faults;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/drills/targets.md promises a test for each target. A test that was renamed, or a fault that
/// it no longer is given, must not leave the promise behind.
class TargetsTest {
    /// A test, and the faults behind it in brackets.
    private static final Pattern KEPT_BY = Pattern.compile("`(\\w+Test)`(?: \\(([^)]*)\\))?");

    private static List<String> rows = List.of();

    @BeforeAll
    static void read() throws IOException {
        Path page = Shell.HOME.resolve("docs/drills/targets.md");
        rows =
                Files.readAllLines(page).stream()
                        .takeWhile(line -> !line.startsWith("## "))
                        .filter(line -> line.startsWith("| "))
                        .skip(1)
                        .toList();
    }

    @Test
    void everyTargetIsKeptByATestOnContainers() {
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(tests(row))
                                .isNotEmpty()
                                .allSatisfy(test -> assertThat(tags(test)).contains("containers")));
    }

    @Test
    void everyFaultThatIsNamedIsGivenToItsTest() {
        List<MatchResult> all =
                rows.stream()
                        .flatMap(row -> tests(row).stream())
                        .filter(test -> !faults(test).isEmpty())
                        .toList();
        assertThat(all)
                .isNotEmpty()
                .allSatisfy(test ->
                        assertThat(faults(test))
                                .allMatch(fault -> Faults.known().named(fault).isPresent())
                                .isSubsetOf(given(test)));
    }

    private static List<MatchResult> tests(String row) {
        return KEPT_BY.matcher(row).results().toList();
    }

    private static List<String> faults(MatchResult test) {
        return test.group(2) == null
                ? List.of()
                : List.of(test.group(2).replace("`", "").split(", ", -1));
    }

    private static List<String> tags(MatchResult test) {
        return Arrays.stream(type(test).getAnnotationsByType(Tag.class)).map(Tag::value).toList();
    }

    /// What its methods are run with: the first column.
    private static List<String> given(MatchResult test) {
        return Arrays.stream(type(test).getDeclaredMethods()).flatMap(TargetsTest::given).toList();
    }

    private static Stream<String> given(Method method) {
        ValueSource values = method.getAnnotation(ValueSource.class);
        CsvSource lines = method.getAnnotation(CsvSource.class);
        return Stream.concat(
                values == null ? Stream.of() : Arrays.stream(values.strings()),
                lines == null
                        ? Stream.of()
                        : Arrays.stream(lines.value()).map(line -> line.split(", *", 2)[0]));
    }

    private static Class<?> type(MatchResult test) {
        try {
            return Class.forName(TargetsTest.class.getPackageName() + "." + test.group(1));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(test.group(1), e);
        }
    }
}
