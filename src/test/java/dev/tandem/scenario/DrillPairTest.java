package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.judge.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `tandem drill --pair` on containers of which it knows no more than their names: a site is
/// brought up, and then spoken of as if somebody else had built it.
@Tag("containers")
@Tag("slow")
class DrillPairTest {
    @RegisterExtension static TestSite site = TestSite.likeTheCustomers();

    private static void pair(String vip, List<String> balancers, List<String> servers) {
        site.file(
                "pair.yaml",
                """
                pair: usual
                vip: %1$s
                https: 443
                ca: .tandem/%2$s/tls/ca.pem
                slow: /tandem-drill/slow
                upload: /tandem-drill/upload
                secret: .tandem/%2$s/.drill-secret
                balancers: [%3$s]
                servers: [%4$s]
                """
                        .formatted(vip, site.name(), containers(balancers), containers(servers)));
    }

    private static void usual() {
        pair(
                site.lan(150).toString(),
                List.of("haproxy-a", "haproxy-b"),
                List.of("web-a", "web-b"));
    }

    private static String containers(List<String> nodes) {
        return String.join(", ", nodes.stream().map(site::container).toList());
    }

    private static Output drill(String... more) {
        List<String> all =
                Stream.concat(
                                Stream.of("drill", "--pair", "pair.yaml", "--yes", "--rate", "50"),
                                Stream.concat(Stream.of("--hold", "1"), Stream.of(more)))
                        .toList();
        return site.tandem(all.toArray(String[]::new));
    }

    private static Path root() {
        return site.directory().resolve(".tandem/pairs/usual");
    }

    private static List<Path> in(String directory) {
        try (Stream<Path> all = Files.list(root().resolve(directory))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> openFaults() {
        return in("faults").stream().filter(file -> file.toString().endsWith(".fault")).toList();
    }

    private static String state(String node) {
        return Shell.answer("docker", "inspect", "-f", "{{.State.Status}}", site.container(node));
    }

    @Test
    void aWebServerIsKilledAndEveryRequestIsCounted() throws IOException {
        usual();
        Output drill = drill("web-kill", "--budget", "lost=100000");

        boolean conclusive = DrillRun.cameTo(Verdict.PASSED, drill);
        assertThat(drill.stderr()).contains("docker kill " + site.container("web-a"));
        assertThat(drill.stdout()).contains("web-kill", "Tandem did not build this pair");
        assertThat(openFaults()).isEmpty();
        assertThat(state("web-a")).isEqualTo("running");
        Path run = in("runs").getLast();
        String history = Files.readString(run.resolve("web-kill-1/requests.history"));
        assertThat(history).contains("NEW_HTTPS", "KEPT_HTTP", "SLOW", "UPLOAD");
        judgedAgain(run, conclusive);
        site.awaitWell();
    }

    /// By another budget the verdict is another one, and so is the exit code. One that was
    /// inconclusive stays so by every budget.
    private static void judgedAgain(Path run, boolean conclusive) {
        Output strict = site.tandem("report", run.toString(), "--budget", "p99=0.001ms");
        assertThat(strict.exit())
                .as(strict.stdout() + strict.stderr())
                .isEqualTo(conclusive ? 1 : 6);
        String verdict = conclusive ? "FAILED" : "INCONCLUSIVE";
        assertThat(run.resolve("report.json")).content().contains("\"verdict\" : \"" + verdict);
        Output own = site.tandem("report", run.toString());
        assertThat(own.exit()).isEqualTo(conclusive ? 0 : 6);
    }

    @Test
    void aContainerThatDoesNotExistIsNamedAndNothingIsBroken() {
        pair(site.lan(150).toString(), List.of("haproxy-a", "haproxy-z"), List.of("web-a"));
        Output drill = drill("web-kill");

        assertThat(drill.exit()).as(drill.stderr()).isEqualTo(5);
        assertThat(drill.stderr())
                .contains("no container of this name: " + site.container("haproxy-z"))
                .contains("state: nothing was broken");
        assertThat(state("web-a")).isEqualTo("running");
    }

    @Test
    void aVipThatDoesNotAnswerIsRefused() {
        pair(site.lan(199).toString(), List.of("haproxy-a", "haproxy-b"), List.of("web-a"));
        Output drill = drill("web-kill");

        assertThat(drill.exit()).as(drill.stderr()).isEqualTo(4);
        assertThat(drill.stderr())
                .contains("pair usual is not well", "vip: http://" + site.lan(199) + ":80/")
                .contains("state: nothing was broken");
        assertThat(state("web-a")).isEqualTo("running");
    }

    @Test
    void whatCannotBeDoneIsSaidBeforeAnythingIsBroken() {
        pair(site.lan(150).toString(), List.of("web-b"), List.of("web-a"));
        Output drill = drill("web-kill", "haproxy-kill", "switchover");

        assertThat(drill.exit()).as(drill.stderr()).isEqualTo(4);
        assertThat(drill.stderr())
                .contains("haproxy-kill: haproxy does not run in " + site.container("web-b"))
                .contains("switchover: " + site.container("web-b") + " has no peer")
                .contains("state: nothing was broken");
        assertThat(state("web-a")).isEqualTo("running");
    }

    @Test
    void whatAKilledDrillLeftBrokenIsHealedByTheNextOne() throws Exception {
        usual();
        try (StartedTandem drill =
                StartedTandem.with(
                        site,
                        "drill",
                        "--pair",
                        "pair.yaml",
                        "web-hang",
                        "--yes",
                        "--hold",
                        "99")) {
            TestSite.await("the fault is there", () -> state("web-a").equals("paused"));
            drill.kill();
        }
        assertThat(state("web-a")).isEqualTo("paused");

        Output next = site.tandem("drill", "--pair", "pair.yaml", "web-kill");

        assertThat(next.stderr()).contains("healed what a drill left behind: web-hang");
        assertThat(next.exit()).as("no consent").isEqualTo(4);
        assertThat(state("web-a")).isEqualTo("running");
        assertThat(openFaults()).isEmpty();
        site.awaitWell();
    }
}
