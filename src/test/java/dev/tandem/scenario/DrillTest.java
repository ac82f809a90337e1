package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.judge.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `tandem drill` as a user types it. How much is lost is for the drill to say, not for a test that
/// shares its machine: here it must break, count, heal, and tell the truth about both.
@Tag("containers")
class DrillTest {
    @RegisterExtension static TestSite site = TestSite.whoseClientsStay();

    @Test
    void everyRequestIsCountedAndTheFaultIsHealed() throws IOException {
        Output drill =
                site.tandem("drill", "balancer-kill", "--yes", "--rate", "50", "--hold", "2");

        DrillRun.cameTo(Verdict.PASSED, drill);
        assertThat(drill.stdout()).contains("balancer-kill").contains("VIP MOVED");
        assertThat(drill.stderr()).contains("docker kill " + site.container("haproxy-a"));
        site.awaitWell();
        Path run = onlyRun();
        assertThat(run.resolve("report.json")).content().contains("\"balancer-kill\"");
        assertThat(run.resolve("report.json"))
                .content()
                .as("whoever survives a takeover keeps its web server")
                .containsPattern("\"clients\" : 8,\\s+\"answers\" : \\d+,\\s+\"moved\" : \\[ \\]");
        assertThat(run.resolve("junit.xml")).content().contains("balancer-kill");
        Path recording = run.resolve("balancer-kill-1");
        List<String> history = Files.readAllLines(recording.resolve("requests.history"));
        assertThat(history.stream().filter(line -> !line.startsWith("#")).count())
                .as("one line for each of 50 requests a second, for more than 7 seconds")
                .isGreaterThan(350);
        assertThat(recording.resolve("vip.log")).content().contains(" owner ");
        assertThat(recording.resolve("engine.log"))
                .content()
                .contains(" kill " + site.container("haproxy-a"));
        assertThat(recording.resolve("haproxy-b.log")).content().contains("init: VRRP MASTER");
        assertThat(recording.resolve("web-a.log")).content().contains("ran id=balancer-kill-1-");
    }

    @Test
    void anOldRunIsJudgedAgainByAnotherBudget() throws IOException {
        Output drill = site.tandem("drill", "web-stop", "--yes", "--rate", "50", "--hold", "2");
        boolean conclusive = DrillRun.cameTo(Verdict.PASSED, drill);

        Output generous = site.tandem("report", "--budget", "outage=1m");
        Output hard = site.tandem("report", "--budget", "p99=0.001ms");

        assertThat(generous.exit()).as(generous.stdout()).isEqualTo(drill.exit());
        assertThat(hard.exit()).as(hard.stdout()).isEqualTo(conclusive ? 1 : 6);
        assertThat(site.tandem("report", "no-such-run").exit()).isEqualTo(5);
        assertThat(site.tandem("report", "--budget", "lots").exit()).isEqualTo(2);
    }

    @Test
    void aBudgetThatCannotBeKeptIsNotPassed() throws IOException {
        Output drill =
                site.tandem(
                        "drill",
                        "web-all-down",
                        "--yes",
                        "--rate",
                        "50",
                        "--hold",
                        "2",
                        "--budget",
                        "lost=0");

        DrillRun.cameTo(Verdict.FAILED, drill);
        assertThat(drill.stdout()).doesNotContain("PASSED:");
        site.awaitWell();
    }

    @Test
    void nothingIsBrokenWithoutConsentAndAnUnknownFaultIsExplained() {
        assertThat(site.tandem("drill", "web-kill").exit()).isEqualTo(4);
        Output unknown = site.tandem("drill", "web-kil", "--yes");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.stderr()).contains("did you mean 'web-kill'?");
        assertThat(site.tandem("drill", "--rate", "9999", "--yes").exit()).isEqualTo(2);
        assertThat(site.tandem("status").exit()).isZero();
    }

    @Test
    void whatAKilledDrillLeftBrokenIsHealedByTheNextCall() throws Exception {
        String state = "docker inspect -f {{.State.Status}} " + site.container("web-a");
        try (StartedTandem drill =
                StartedTandem.with(
                        site, "drill", "web-hang", "--yes", "--rate", "20", "--hold", "99")) {
            TestSite.await("the fault is there", () -> Shell.type(state).equals("paused"));
            drill.kill();
        }
        assertThat(Shell.type(state)).isEqualTo("paused");

        Output status = site.tandem("status");

        assertThat(status.stderr()).contains("healed what a drill left behind: web-hang");
        assertThat(Shell.type(state)).isEqualTo("running");
        site.awaitWell();
    }

    private static Path onlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(site.rendered().resolve("runs"))) {
            return runs.filter(run -> Files.exists(run.resolve("balancer-kill-1")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
