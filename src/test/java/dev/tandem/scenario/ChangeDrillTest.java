package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.judge.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `tandem drill change`: commands of an operator, run while requests are counted.
///
/// A machine that tests keep busy may be too slow for a generator that keeps its schedule; then a
/// drill is inconclusive (exit code 6), and never passed or failed by mistake. That is counted
/// ({@link Tally}), and what it recorded is looked at in any case.
@Tag("containers")
@Tag("exact")
class ChangeDrillTest {
    private static final int RATE = 50;
    private static final Path SHARE = Path.of("/proc/self/autogroup");
    @RegisterExtension static TestSite site = TestSite.whoseClientsStay();

    /// As a user types it.
    private static Output typed(String... arguments) {
        return site.typed(drill(arguments));
    }

    /// In the test's Java machine, which has rehearsed the requests after the first one.
    private static Output change(String... arguments) {
        return CalledTandem.run(site.directory(), drill(arguments));
    }

    private static String[] drill(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("drill", "change", "--rate", Integer.toString(RATE)));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    @Test
    void aChangeThatDoesNothingCostsNothingAndClientsGoAheadMeanwhile() throws IOException {
        String share = share();
        String look = "cat " + SHARE + " || true";
        Output drill = typed("--run", "true", "--run", "pwd", "--run", look);

        DrillRun run = DrillRun.of(site, drill);
        run.cameTo(Verdict.PASSED);
        run.everyRequestIsCounted(RATE);
        run.nothingIsLost();
        run.ran("true: exit 0", "pwd: exit 0", look + ": exit 0");
        clientsWentAhead(run, share);
        assertThat(drill.stdout())
                .contains("allowed: lost 0", "0 lost", "exit 0 after ")
                .contains("  " + site.directory().toRealPath());
        assertThat(run.file("command.log"))
                .content()
                .contains("$ pwd\n" + site.directory().toRealPath() + "\n# exit 0 after ");
        assertThat(run.file("drill")).content().contains("\nmoment CHANGED ");
        assertThat(run.file("web-a.log")).content().contains("ran id=change-1-");
        Output again = site.tandem("report");
        assertThat(again.exit()).isEqualTo(drill.exit());
        assertThat(again.stdout()).isEqualTo(drill.stdout());
    }

    /// What a drill runs belongs to its session, which goes before others while requests are sent.
    /// A kernel without such shares has nothing to say.
    private static void clientsWentAhead(DrillRun run, String before) throws IOException {
        String wanted =
                before.isEmpty() ? "No such file" : before.replaceFirst("nice .*", "nice -10");
        assertThat(run.file("command.log")).content().contains(wanted);
        assertThat(share()).as("and does not any more").isEqualTo(before);
    }

    private static String share() throws IOException {
        return Files.exists(SHARE) ? Files.readString(SHARE) : "";
    }

    /// Of one that is drained clients are to leave: that is no move.
    @Test
    void clientsStayWithTheirWebServerOverReloadsAndPlannedMovesAndLeaveADrainedOne()
            throws IOException {
        String tandem = Shell.HOME.resolve("tandem").toString();
        String reload = "docker exec " + site.container("haproxy-%s") + " reload haproxy";
        Output drill =
                change(
                        "--run",
                        reload.formatted("a") + " && " + reload.formatted("b"),
                        "--run",
                        tandem + " switchover && " + tandem + " switchover haproxy-a",
                        "--run",
                        tandem + " drain web-a --wait && " + tandem + " ready web-a");

        DrillRun run = DrillRun.of(site, drill);
        run.cameTo(Verdict.PASSED);
        run.nothingIsLost();
        assertThat(drill.stdout())
                .containsPattern(
                        "change, sticky: 8 clients, \\d+ answers, none from another web server");
    }

    @Test
    void balancersThatAreRestartedRoughlyLoseRequestsAndFailIt() throws IOException {
        String both = site.container("haproxy-a") + " " + site.container("haproxy-b");
        String restart = "docker restart -t 0 " + both;
        Output drill = change("--run", restart);

        DrillRun run = DrillRun.of(site, drill);
        run.cameTo(Verdict.FAILED);
        run.everyRequestIsCounted(RATE);
        run.somethingIsLost();
        run.ran(restart + ": exit 0");
        assertThat(run.file("command.log")).content().contains(both.replace(' ', '\n'));
        site.awaitWell();
    }

    @Test
    void aCommandThatFailsFailsTheDrillUnlessItIsToFail() throws IOException {
        Output failed = change("--run", "echo no; exit 3", "--run", "true");
        assertThat(failed.exit()).as(failed.stdout() + failed.stderr()).isEqualTo(1);
        assertThat(failed.stdout())
                .contains("change: exit 3, not 0: echo no; exit 3", "  # not run: true");
        DrillRun run = DrillRun.of(site, failed);
        run.everyRequestIsCounted(RATE);
        run.nothingIsLost();
        run.ran("echo no; exit 3: exit 3, not 0");
        assertThat(run.file("command.log"))
                .content()
                .contains("$ echo no; exit 3\nno\n# exit 3, not 0 after ");

        Output expected = change("--run", "exit 3", "--expect-exit", "3");
        DrillRun other = DrillRun.of(site, expected);
        other.cameTo(Verdict.PASSED);
        other.everyRequestIsCounted(RATE);
        other.nothingIsLost();
        other.ran("exit 3: exit 3");
    }

    /// The log of the container that is gone is needed to say whether a request ran twice.
    @Test
    void whatAReplacedWebServerRanIsKnown() throws IOException {
        String compose = "docker compose --project-directory " + site.rendered();
        String replace = " up --detach --no-deps --force-recreate --wait web-b";
        Output drill = change("--budget", "lost=1000", "--run", compose + replace);

        DrillRun run = DrillRun.of(site, drill);
        run.cameTo(Verdict.PASSED);
        run.everyRequestIsCounted(RATE);
        run.everyUploadRanOnce();
        run.ran(compose + replace + ": exit 0");
        assertThat(drill.stdout()).doesNotContain("in no web server's log", "is not known");
        assertThat(run.file("web-b.log")).content().contains("ran id=change-1-");
        assertThat(run.file("command.log")).content().contains("web-b  Recreated\n");
        site.awaitWell();
    }

    @Test
    void aDrillThatIsInterruptedLeavesNoWatchBehind() {
        String tandem = Shell.HOME.resolve("tandem").toString();
        String watch = site.name() + "-vip-watch";
        Output ended =
                Shell.run(
                        site.directory(),
                        "/bin/sh",
                        "-c",
                        "%s drill change --rate 20 --run 'touch begun; sleep 99' & drill=$!; "
                                        .formatted(tandem)
                                + "until [ -e begun ]; do sleep 0.1; done; "
                                + "docker inspect -f {{.State.Status}} "
                                + watch
                                + "; kill -TERM $drill; wait $drill");

        assertThat(ended.stdout()).contains("running");
        assertThat(ended.exit()).as(ended.stderr()).isEqualTo(143);
        assertThat(Shell.run(Shell.HOME, "docker", "inspect", watch).ok()).isFalse();
        assertThat(site.tandem("status").ok()).isTrue();
    }
}
