package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The site file is wrong, or a file that it names is gone, while the site runs: the verbs that are
/// needed in an incident go by what was applied last. The journal of drills is unreadable, so a
/// verb that has got past the site file and looks at the site stops there, and no engine is asked.
class IncidentTest {
    private static final String SITE =
            "vip: {address: 192.168.0.150}\nbalancers: {a: , b: }\nservers: {x: , y: }\n";
    private static final String LINE = "; site tandem is taken as it was last applied. ";

    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;
    private SiteDirectory state = new SiteDirectory(Path.of("-"));

    @BeforeEach
    void bringUpAndMakeATypo() throws IOException {
        state = new SiteDirectory(base.resolve(".tandem/tandem"));
        applied(SITE);
        state.note("faults/x.fault", "nonsense");
        file(SITE.replace("vip:", "vpi:"));
    }

    private void applied(String text) {
        state.note(".services", "a 0123456789ab\n");
        state.note(".tandem.yaml", text);
    }

    private void file(String text) throws IOException {
        Files.writeString(base.resolve("tandem.yaml"), text);
    }

    private ExitCode run(String line) {
        return RealVerbs.cli(captured.console()).run(words(line));
    }

    private String[] words(String line) {
        return (line + " --file " + base.resolve("tandem.yaml")).split(" ");
    }

    /// An engine that nobody can reach.
    private static final class Away implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            String why = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.\n";
            line.accept(why.strip());
            return new Output(1, "", why);
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new AssertionError(command);
        }
    }

    private void isTakenAsApplied(String line) {
        assertThat(run(line)).isEqualTo(ExitCode.REFUSED);
        assertThat(captured.err()).contains(LINE).contains(state.root() + "/faults/x.fault");
        assertThat(captured.err().lines().filter(said -> said.contains(LINE))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --json",
                "drain x",
                "ready x",
                "weight x 20%",
                "maintenance a",
                "switchover b",
                "rollback --yes"
            })
    void whatIsNeededInAnIncidentLooksAtTheSite(String line) {
        isTakenAsApplied(line);
    }

    @Test
    void historyAndLogsKeepTheirExitCodes() {
        assertThat(run("history")).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).isEqualTo("No change yet.\n");
        assertThat(run("logs nosuch")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains(LINE).contains("no node 'nosuch' in site tandem");
    }

    /// Without an engine: what was applied is known all the same.
    @ParameterizedTest
    @CsvSource({
        "doctor, NO, 'site tandem, and this machine\n\nILL      Docker engine'",
        "doctor --json, NO, '\"site\" : \"tandem\",'",
        "logs a, ENVIRONMENT, ''",
        "report, ENVIRONMENT, ''"
    })
    void whatNeedsNoHealedSiteGoesOnAsFarAsItCan(String line, ExitCode exit, String answer) {
        Cli cli = RealVerbs.cli(captured.console(), new Away());
        assertThat(cli.run(words(line))).as(captured.err()).isEqualTo(exit);
        assertThat(captured.err().lines().filter(said -> said.contains(LINE))).hasSize(1);
        assertThat(captured.out()).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "apply --yes", "up --yes", "validate", "render"})
    void whatGoesByTheFileIsRefused(String line) {
        assertThat(run(line)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("unknown key").doesNotContain(LINE);
    }

    @Test
    void aKeyFileThatMovedIsNotNeeded() throws IOException {
        String text = SITE + "tls: {certificate: gone.pem, key: gone.key}\n";
        applied(text);
        file(text);
        isTakenAsApplied("drain x");
    }

    @Test
    void aSiteFileThatIsGoneIsNotNeeded() throws IOException {
        Files.delete(base.resolve("tandem.yaml"));
        isTakenAsApplied("status");
    }

    @Test
    void aFileThatNamesAnotherSiteIsNotTakenForThisOne() throws IOException {
        file("site: other\nvpi: 1\n");
        assertThat(run("status")).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).doesNotContain(LINE);
    }

    @Test
    void ofTwoSitesTheOneThatTheFileNamesIsTaken() throws IOException {
        new SiteDirectory(base.resolve(".tandem/other")).note(".services", "a 0123456789ab\n");
        assertThat(run("status")).isEqualTo(ExitCode.SITE_FILE);
        applied("site: tandem\n" + SITE);
        file("site: tandem\n" + SITE.replace("vip:", "vpi:"));
        isTakenAsApplied("status");
    }

    @Test
    void aStateOfANewerTandemIsRefused() {
        state.note(".format", "format 9999\ntandem 99.1.0\n");
        assertThat(run("status")).isEqualTo(ExitCode.REFUSED);
        assertThat(captured.err()).startsWith("tandem: a newer Tandem wrote the state");
    }
}
