package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a verb about a site begins: whatever a drill has left broken is healed first, if the verb
/// judges or changes the site. The journal of this site is unreadable, so a verb that reads it
/// stops there, and no engine is asked.
class SiteVerbTest {
    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;
    private Path journal = Path.of("");

    @BeforeEach
    void leaveAFault() throws IOException {
        String site = "vip: {address: 192.168.0.150}\nbalancers: {a: }\nservers: {b: }\n";
        Files.writeString(base.resolve("tandem.yaml"), site);
        journal = Files.createDirectories(base.resolve(".tandem/tandem/faults")).resolve("x.fault");
        Files.writeString(journal, "nonsense");
    }

    private ExitCode run(String line) {
        List<String> words = List.of((line + " --file " + base.resolve("tandem.yaml")).split(" "));
        return RealVerbs.cli(captured.console()).run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "plan",
                "apply --yes",
                "rollback --yes",
                "drain b",
                "ready b",
                "weight b 20%",
                "maintenance a",
                "switchover a",
                "drill web-kill --yes"
            })
    void aVerbThatJudgesOrChangesASiteLooksForLeftFaults(String line) {
        assertThat(run(line)).isIn(ExitCode.REFUSED, ExitCode.ENVIRONMENT);
        assertThat(captured.err()).contains(journal.toString());
        assertThat(captured.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"history, OK", "logs nosuch, USAGE", "certificate renew, REFUSED"})
    void aVerbThatOnlyNeedsToKnowTheSiteDoesNot(String line, ExitCode end) {
        assertThat(run(line)).isEqualTo(end);
        assertThat(captured.err()).doesNotContain(journal.toString());
    }

    @Test
    void aWrongFileEndsTheVerbBeforeAnythingIsHealed() throws IOException {
        Files.writeString(base.resolve("tandem.yaml"), "vip: {adress: 1}\n");
        assertThat(run("status")).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).doesNotContain(journal.toString());
    }

    @Test
    void everyVerbThatChangesASiteIsCovered() {
        Stream<String> changing =
                RealVerbs.all(captured.console()).stream()
                        .filter(verb -> verb instanceof SiteVerb<?>)
                        .map(Verb::name);
        assertThat(changing)
                .containsExactlyInAnyOrder(
                        "up",
                        "status",
                        "plan",
                        "apply",
                        "rollback",
                        "drain",
                        "ready",
                        "weight",
                        "maintenance",
                        "machine",
                        "dashboard",
                        "switchover",
                        "history",
                        "certificate",
                        "logs",
                        "why",
                        "validate",
                        "render",
                        "rehearse");
    }
}
