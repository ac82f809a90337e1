package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `check` counts (`setup/counts.sh`): whoever judges the tests is tested.
class CountsTest {
    private static final Path COUNTS =
            Path.of(System.getProperty("tandem.home", "."), "setup/counts.sh").toAbsolutePath();

    /// Two parts as Surefire 3 prints them, with one test that passed at its second attempt and one
    /// that failed twice.
    private static final String LOG =
            """
            [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in dev.tandem.text.ATest
            [INFO]
            [INFO] Results:
            [INFO]
            [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1
            [INFO]
            [ERROR] Tests run: 9, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 61 s <<< FAILURE! -- in dev.tandem.scenario.BTest
            [INFO] Results:
            [INFO]
            [ERROR] Failures:
            [ERROR] dev.tandem.scenario.BTest.neverHolds
            [ERROR]   Run 1: BTest.neverHolds:30
            [ERROR]   Run 2: BTest.neverHolds:30
            [INFO]
            [WARNING] Flakes:
            [WARNING] dev.tandem.scenario.BTest.holdsAtTheSecondAttempt(String)[2]
            [ERROR]   Run 1: BTest.holdsAtTheSecondAttempt:12 expected: 1 but was: 2
            [INFO]   Run 2: PASS
            [INFO]
            [ERROR] Tests run: 9, Failures: 1, Errors: 2, Skipped: 0, Flakes: 1
            [WARNING] dev.tandem.scenario.BTest.isNoFlake
            """;

    @TempDir private Path clone;

    /// Calls one of its functions; `$1` is the log.
    private Output call(String function, String log) throws IOException {
        Path file = clone.resolve("log");
        Files.writeString(file, log);
        String script = "here=$2; . \"$3\"; " + function;
        List<String> argv =
                List.of("bash", "-uc", script, "bash", "" + file, "" + clone, "" + COUNTS);
        return new Processes().run(Command.of(Duration.ofSeconds(30), argv));
    }

    private void drills(String name, String text) throws IOException {
        Path drills = Files.createDirectories(clone.resolve("target/drills"));
        Files.writeString(drills.resolve(name), text);
    }

    @Test
    void theTotalIsTheSumOfTheParts() throws IOException {
        assertThat(call("totals \"$1\"", LOG).stdout())
                .isEqualTo("Tests run: 12, Failures: 1, Errors: 2, Skipped: 1\n");
        assertThat(call("totals \"$1\"", "[ERROR] COMPILATION ERROR :\n").stdout()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 0, false", "0, 1, false", "0, 10, false"})
    void oneFailureOrErrorIsTooMany(int failures, int errors, boolean passed) throws IOException {
        String call =
                "all_passed 'Tests run: 10, Failures: %d, Errors: %d, Skipped: 3'"
                        .formatted(failures, errors);
        assertThat(call(call, "").ok()).isEqualTo(passed);
        assertThat(call("all_passed ''", "").ok()).as("none ran").isFalse();
    }

    @Test
    void whatPassedAtTheSecondAttemptIsNamed() throws IOException {
        Output one = call("flakes \"$1\"", LOG);
        assertThat(one.stdout()).isEqualTo("Flakes: 1: BTest.holdsAtTheSecondAttempt(String)[2]\n");
        assertThat(one.ok()).isTrue();
        assertThat(call("flakes \"$1\"", "[INFO] BUILD SUCCESS\n").stdout())
                .isEqualTo("Flakes: 0\n");
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void moreThanThreeOfThemFailTheRun(int many, boolean passes) throws IOException {
        StringBuilder log = new StringBuilder("[WARNING] Flakes:\n");
        IntStream.range(0, many)
                .forEach(i -> log.append("[WARNING] dev.tandem.scenario.CTest.no" + i + "\n"));
        assertThat(call("flakes \"$1\"", log.toString()).ok()).isEqualTo(passes);
    }

    @Test
    void drillsThatShowedNothingAreNamed() throws IOException {
        drills("1", "conclusive FailoverTest web-kill-1\ninconclusive FailoverTest web-hang-1\n");
        drills("2", "conclusive TargetsTest web-kill-2\n");
        Output third = call("inconclusive", "");
        assertThat(third.stdout())
                .isEqualTo("Inconclusive: 1 of 3 drills: FailoverTest web-hang-1\n");
        assertThat(third.ok()).as("33.3 %% are more than 33 %%").isFalse();

        drills("2", "conclusive TargetsTest web-kill-2\nconclusive TargetsTest web-kill-3\n");
        assertThat(call("inconclusive", "").ok()).as("a quarter").isTrue();
    }

    @Test
    void withoutADrillNoneIsInconclusive() throws IOException {
        Output none = call("inconclusive", "");
        assertThat(none.stdout()).isEqualTo("Inconclusive: 0 of 0 drills\n");
        assertThat(none.ok()).isTrue();
    }

    @Test
    void theSecondsOfAClassAreThoseOfAllItsReports() throws IOException {
        Path reports = Files.createDirectories(clone.resolve("target/surefire-reports"));
        String suite = "<testsuite name=\"dev.tandem.%s\" time=\"%s\" tests=\"%d\" errors=\"0\">\n";
        Files.writeString(reports.resolve("TEST-1.xml"), suite.formatted("text.ATest", "1.5", 3));
        Files.writeString(
                reports.resolve("TEST-2.xml"),
                suite.formatted("scenario.BTest", "60.25", 9)
                        + suite.formatted("text.ATest", "2.5", 4));
        assertThat(call("times", "").lines())
                .containsExactly(
                        "    60.2 s     9  BTest",
                        "     4.0 s     7  ATest",
                        "    64.2 s        in all, of which some ran side by side");
    }

    @Test
    void aPartTakesAsLongAsFromItsFirstClassToItsLast() throws IOException {
        report("TEST-1.xml", "20", 1000);
        report("beside/TEST-2.xml", "30.5", 1040);
        report("beside/TEST-3.xml", "20", 1050);
        report("exact/TEST-4.xml", "7", 1060);
        assertThat(call("parts", "").lines())
                .containsExactly(
                        "    20.0 s        on the clock: no containers",
                        "    40.5 s        on the clock: beside",
                        "     7.0 s        on the clock: exact");
    }

    /// A report of a class that took so many seconds and ended then.
    private void report(String name, String took, int end) throws IOException {
        Path file = clone.resolve("target/surefire-reports").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<?xml version=\"1.0\"?>\n<testsuite name=\"ATest\" time=\"%s\" tests=\"1\">\n"
                        .formatted(took));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(end)));
    }
}
