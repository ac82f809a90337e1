package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program keeps the rules of the {@link House}; and the rules bite: a sample that breaks each
/// of them is caught.
class ArchitectureTest {
    private static final JavaClasses PROGRAM =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.tandem");
    private static final JavaClasses SAMPLE =
            new ClassFileImporter().importPackages("dev.tandem.house.wrong");
    private static final Map<String, ArchRule> RULES = new House("dev.tandem").rules();
    private static final Map<String, ArchRule> SAMPLE_RULES =
            new House("dev.tandem.house.wrong").rules();

    /// The sample breaks two lines of the table; the others are read off the same way.
    private static final Set<String> WRONG_USERS = Set.of("use by model", "use by observe");

    @TestFactory
    Stream<DynamicTest> the_program_keeps_every_rule() {
        return RULES.entrySet().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(PROGRAM)));
    }

    @Test
    void the_classes_of_this_java_can_be_read() {
        assertThat(PROGRAM.contain(dev.tandem.Tandem.class)).isTrue();
        assertThat(PROGRAM.contain(ArchitectureTest.class)).isFalse();
        assertThat(PROGRAM.size()).isGreaterThan(30);
    }

    @Test
    void every_rule_says_why() {
        assertThat(RULES.values()).allMatch(rule -> rule.getDescription().contains(", because "));
    }

    @Test
    void a_sample_that_breaks_a_rule_is_there_for_every_rule_that_is_not_of_the_table() {
        assertThat(SAMPLE_RULES)
                .allSatisfy((name, rule) ->
                        assertThat(rule.evaluate(SAMPLE).hasViolation())
                                .as(name)
                                .isEqualTo(
                                        !name.startsWith("use by ") || WRONG_USERS.contains(name)));
    }

    /// What the sample does against a rule.
    private static List<String> violations(String rule) {
        return Objects.requireNonNull(SAMPLE_RULES.get(rule), rule)
                .evaluate(SAMPLE)
                .getFailureReport()
                .getDetails();
    }

    @ParameterizedTest
    @CsvSource({
        "use by model,     model.Wrong$Upward, render.Wrong$Anything",
        "use by observe,   observe.Wrong$Looks, prepare.Wrong$Does",
        "unknown package,  stray.Wrong$Stray, stray",
        "use of the root,  model.Wrong$UsesTandem, Tandem",
        "cycle,            prepare.Wrong$Does, observe.Wrong$Looks",
        "file,             prepare.Wrong$Writes, java.nio.file.Files.writeString",
        "process,          prepare.Wrong$Starts, java.lang.ProcessBuilder",
        "process,          prepare.Wrong$Executes, java.lang.Runtime.exec",
        "engine,           prepare.Wrong$Chooses, docker.Processes",
        "impure class,     model.Wrong$Reads, java.nio.file.Files",
        "impure class,     file.Wrong$Opens, java.io.FileInputStream",
        "impure class,     render.Wrong$Resolves, java.net.InetAddress",
        "impure class,     render.Wrong$Rolls, java.util.Random",
        "impure class,     prepare.Wrong$WrongPlanner, java.nio.file.Files",
        "impure call,      model.Wrong$Now, java.time.Instant.now",
        "impure call,      model.Wrong$NowByReference, java.time.Instant.now",
        "impure call,      render.Wrong$Counts, java.lang.System.nanoTime",
        "impure call,      file.Wrong$Ticks, java.time.Clock.systemUTC",
        "HttpClient,       load.Wrong$Asks, java.net.http.HttpClient",
        "console,          observe.Wrong$Prints, java.lang.System.out",
        "console,          observe.Wrong$Leaves, java.lang.System.exit",
        "command line,     cli.Wrong$Parses, picocli.CommandLine$ParseResult",
        "pause,            docker.Wrong$Pauses, java.lang.Thread.sleep",
        "pause,            cli.Wrong$PausesBriefly, java.util.concurrent.TimeUnit.sleep",
        "virtual thread,   docker.Wrong$Lingers, java.lang.Thread.startVirtualThread",
        "name,             web.Wrong$SiteManager, SiteManager",
        "name,             web.Wrong$Outer, Outer$Helper",
        "name,             web.Wrong$StringUtils, StringUtils"
    })
    void a_rule_names_who_breaks_it_and_how(String rule, String who, String how) {
        assertThat(violations(rule))
                .anyMatch(line -> line.contains("wrong." + who) && line.contains(how));
    }

    @ParameterizedTest
    @CsvSource({
        "process,      docker.Wrong$MayStart",
        "console,      cli.Wrong$MayPrint",
        "console,      Tandem",
        "pause,        docker.Pause",
        "engine,       Tandem",
        "virtual thread, load.Wrong$MayLinger",
        "impure class, model.Wrong$MayNamePaths",
        "impure class, file.Wrong$MayReadMemory"
    })
    void a_rule_lets_pass_whom_it_should(String rule, String who) {
        assertThat(SAMPLE.contain("dev.tandem.house.wrong." + who)).isTrue();

        assertThat(violations(rule)).noneMatch(line -> line.contains("wrong." + who));
    }
}
