package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `tandem drill change`: commands of an operator, run while requests are counted.
///
/// A machine that tests keep busy may be too slow for a generator that keeps its schedule; then a
/// drill is inconclusive (exit code 6), and never passed or failed by mistake.
@Tag("containers")
class ChangeDrillTest {
    private static TestSite site = TestSite.likeTheCustomers();

    @BeforeAll
    static void bringUp() {
        site.up();
    }

    @AfterAll
    static void takeDown() {
        site.close();
    }

    private static Output change(String... arguments) {
        List<String> all = new ArrayList<>(List.of("drill", "change", "--rate", "50"));
        all.addAll(List.of(arguments));
        return site.tandem(all.toArray(String[]::new));
    }

    @Test
    void aChangeThatDoesNothingCostsNothing() throws IOException {
        Output drill = change("--run", "true", "--run", "pwd");

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isIn(0, 6);
        assertThat(drill.stdout())
                .contains("allowed: lost 0", "0 lost", "exit 0 after ")
                .contains("  " + site.directory().toRealPath());
        Path recording = lastRun().resolve("change-1");
        assertThat(recording.resolve("command.log")).content().contains("$ pwd\n");
        assertThat(recording.resolve("drill")).content().contains("\nmoment CHANGED ");
        assertThat(recording.resolve("web-a.log")).content().contains("ran id=change-1-");
        Output again = site.tandem("report");
        assertThat(again.exit()).isEqualTo(drill.exit());
        assertThat(again.stdout()).isEqualTo(drill.stdout());
    }

    @Test
    void balancersThatAreRestartedRoughlyLoseRequestsAndFailIt() throws IOException {
        String both = site.container("haproxy-a") + " " + site.container("haproxy-b");
        Output drill = change("--run", "docker restart -t 0 " + both);

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isIn(1, 6);
        assertThat(Files.readString(lastRun().resolve("report.json")))
                .containsPattern("\"lost\" : [1-9]");
        site.awaitWell();
    }

    @Test
    void aCommandThatFailsFailsTheDrillUnlessItIsToFail() {
        Output failed = change("--run", "echo no; exit 3", "--run", "true");
        assertThat(failed.exit()).as(failed.stdout() + failed.stderr()).isEqualTo(1);
        assertThat(failed.stdout())
                .contains("change: exit 3, not 0: echo no; exit 3", "  # not run: true");

        Output expected = change("--run", "exit 3", "--expect-exit", "3");
        assertThat(expected.exit()).as(expected.stdout() + expected.stderr()).isIn(0, 6);
    }

    /// The log of the container that is gone is needed to say whether a request ran twice.
    @Test
    void whatAReplacedWebServerRanIsKnown() throws IOException {
        String compose = "docker compose --project-directory " + site.rendered();
        String replace = " up --detach --no-deps --force-recreate --wait web-b";
        Output drill = change("--budget", "lost=1000", "--run", compose + replace);

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isIn(0, 6);
        assertThat(drill.stdout()).doesNotContain("in no web server's log", "is not known");
        assertThat(lastRun().resolve("change-1/web-b.log")).content().contains("ran id=change-1-");
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

    private static Path lastRun() throws IOException {
        try (Stream<Path> runs = Files.list(site.rendered().resolve("runs"))) {
            return runs.sorted().reduce((_, later) -> later).orElseThrow();
        }
    }
}
