package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// State written by a newer Tandem is neither read nor changed by any verb. No engine is asked.
class NewerStateTest {
    private static final String NOTE = "format 9999\ntandem 99.1.0\n";

    private static final List<String> LINES =
            List.of(
                    "up",
                    "status",
                    "plan",
                    "apply --yes",
                    "apply --yes --force --take-lock",
                    "drain web-a",
                    "weight web-a 20%",
                    "maintenance haproxy-a",
                    "ready web-a",
                    "machine m1 drain",
                    "switchover",
                    "rollback --yes",
                    "history",
                    "certificate renew",
                    "doctor",
                    "logs",
                    "why",
                    "dashboard --port 0",
                    "drill --yes web-kill",
                    "report",
                    "render",
                    "candidates drain",
                    "down");
    private static final List<String> STATELESS =
            List.of("validate", "version", "rehearse", "init", "import", "completion", "man");

    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;

    private ExitCode run(String line) throws IOException {
        Path file = base.resolve("tandem.yaml");
        Files.copy(Path.of("tandem.yaml"), file);
        SiteDirectory directory = new SiteDirectory(base.resolve(".tandem/tandem"));
        directory.note(".format", NOTE);
        directory.note("faults/from-tomorrow.fault", "words that nobody knows yet\n");
        List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
        arguments.addAll(List.of("--file", file.toString()));
        return RealVerbs.cli(captured.console()).run(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (var all = Files.walk(base.resolve(".tandem"))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> base.resolve(".tandem/tandem").relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    static List<String> lines() {
        return LINES;
    }

    @Test
    void everyVerbThatReadsStateIsTried() {
        assertThat(RealVerbs.all(captured.console()).stream().map(Verb::name))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        LINES.stream().map(line -> line.split(" ", 2)[0]),
                                        STATELESS.stream())
                                .distinct()
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isRefusedWithTheVersionToUse(String line) throws IOException {
        assertThat(run(line)).isEqualTo(ExitCode.REFUSED);
        assertThat(captured.err())
                .startsWith("tandem: a newer Tandem wrote the state of this site\n  seen:  ")
                .contains("/.tandem/tandem/.format: format 9999, by tandem 99.1.0; ")
                .contains("\n  state: nothing was changed\n")
                .contains("\n  next:  use tandem 99.1.0 or newer\n");
        assertThat(captured.out()).isEmpty();
        assertThat(files()).containsExactly(".format", "faults/from-tomorrow.fault");
        assertThat(base.resolve(".tandem/tandem/.format")).hasContent(NOTE);
    }

    @Test
    void renderingElsewhereIsNotAffected() throws IOException {
        Path elsewhere = base.resolve("elsewhere");
        // The images cannot be named here, so the call gets that far and then fails.
        assertThat(run("render --output " + elsewhere)).isNotEqualTo(ExitCode.REFUSED);
        assertThat(captured.err()).doesNotContain("newer Tandem");
    }
}
