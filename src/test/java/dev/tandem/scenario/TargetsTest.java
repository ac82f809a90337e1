package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/drills/targets.md promises a test for each target. A test that was renamed, or a fault that
/// it no longer tries, must not leave the promise behind.
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
                                .allSatisfy(test ->
                                        assertThat(source(test.group(1)))
                                                .contains("@Tag(\"containers\")")));
    }

    @Test
    void everyFaultThatIsNamedIsTriedByItsTest() {
        List<MatchResult> all = rows.stream().flatMap(row -> tests(row).stream()).toList();
        assertThat(all)
                .allSatisfy(test ->
                        assertThat(faults(test))
                                .allSatisfy(fault -> {
                                    assertThat(Faults.known().named(fault)).isPresent();
                                    assertThat(source(test.group(1))).contains("\"" + fault);
                                }));
        assertThat(all).filteredOn(test -> !faults(test).isEmpty()).isNotEmpty();
    }

    private static List<MatchResult> tests(String row) {
        return KEPT_BY.matcher(row).results().toList();
    }

    private static List<String> faults(MatchResult test) {
        return test.group(2) == null
                ? List.of()
                : List.of(test.group(2).replace("`", "").split(", ", -1));
    }

    private static String source(String test) {
        try {
            return Files.readString(
                    Shell.HOME.resolve("src/test/java/dev/tandem/scenario/" + test + ".java"));
        } catch (IOException e) {
            throw new AssertionError(test, e);
        }
    }
}
