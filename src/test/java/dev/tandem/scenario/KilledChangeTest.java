package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tandem is killed in the middle of a change while requests of every kind are sent: none is lost,
/// the next `apply` carries on, and nothing is left behind. That this holds at every moment of
/// every kind of change is proven by `KilledTest`, without containers.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class KilledChangeTest {
    @RegisterExtension static final ChangingSite LIVE = new ChangingSite();
    private static final TestSite SITE = LIVE.site();

    /// A web server is out, a balancer loads, the VIP moves, the last balancer loads.
    private static final List<String> KILLED_AT =
            List.of(
                    "replace web-b",
                    "reload haproxy-b",
                    "switchover haproxy-b",
                    "reload haproxy-a");

    /// Twice in a row each time, the second time while it carries on after the first. An order of
    /// an operator has to outlive it all.
    @Test
    void killedAtAStepTheNextApplyCarriesOnAndNothingIsLost() throws Exception {
        assertThat(SITE.tandem("weight", "web-a", "50%").exit()).isZero();
        int before = interrupted();
        assertThat(steps()).containsAll(KILLED_AT);
        for (int i = 0; i < KILLED_AT.size(); i += 2) {
            turn();
            killed("begin", KILLED_AT.get(i), "apply", "--yes", "--watch-time", "1");
            killed("begin", KILLED_AT.get(i + 1), "apply", "--yes", "--watch-time", "1");
            isPutRight(KILLED_AT.get(i) + " and " + KILLED_AT.get(i + 1));
        }
        assertThat(interrupted() - before).isEqualTo(KILLED_AT.size());
        assertThat(SITE.exec("haproxy-a", "cat", "/etc/tandem/servers.state").stdout())
                .as("the order of the operator")
                .contains(" web-a - 2 0 50 100 ");
    }

    @Test
    void aChangeThatIsTerminatedReleasesTheLockFirst() throws Exception {
        turn();
        try (StartedTandem tandem =
                StartedTandem.with(SITE, "apply", "--yes", "--watch-time", "1")) {
            tandem.await("begin", "watch haproxy-b");
            assertThat(isLocked()).isTrue();
            Output down = SITE.tandem("down");
            assertThat(down.exit()).as(down.stderr()).isEqualTo(4);
            assertThat(down.stderr()).contains("apply by ");
            assertThat(tandem.end()).isEqualTo(143);
        }
        assertThat(isLocked()).isFalse();
        LIVE.nothingIsLost("SIGTERM");
        isPutRight("SIGTERM");
    }

    private static void killed(String moment, String step, String... arguments) throws Exception {
        try (StartedTandem tandem = StartedTandem.with(SITE, arguments)) {
            tandem.await(moment, step);
            tandem.kill();
        }
        LIVE.answers();
        LIVE.nothingIsLost(moment + " " + step);
    }

    /// To the other one of two site files.
    private static void turn() {
        String text = SITE.text();
        boolean first = text.contains("balance: roundrobin");
        SITE.file(
                "tandem.yaml",
                first
                        ? text.replace("balance: roundrobin", "balance: leastconn")
                                .replace("web-b: {content: ./pages}", "web-b: {content: ./other}")
                        : text.replace("balance: leastconn", "balance: roundrobin")
                                .replace("web-b: {content: ./other}", "web-b: {content: ./pages}"));
    }

    /// The steps of the change, by verb and node.
    private static List<String> steps() {
        turn();
        List<String> steps =
                LIVE.plan().lines().map(line -> line.replaceFirst(" +(\\S+) .*", " $1")).toList();
        turn();
        assertThat(steps)
                .containsExactly(
                        "drain web-b",
                        "replace web-b",
                        "ready web-b",
                        "reload haproxy-b",
                        "probe haproxy-b",
                        "switchover haproxy-b",
                        "watch haproxy-b",
                        "reload haproxy-a",
                        "probe haproxy-a",
                        "home haproxy-a");
        return steps;
    }

    /// An empty plan says, too, that no server is left drained and that all orders are followed.
    private static void isPutRight(String kill) {
        Output next = LIVE.apply();
        assertThat(next.exit()).as(kill + "\n" + next.stdout() + next.stderr()).isZero();
        LIVE.nothingIsLost("the apply after " + kill);
        LIVE.nothingIsLeftToDo();
        assertThat(LIVE.holders()).as("home, after " + kill).containsExactly("haproxy-a");
        assertThat(isLocked()).as("the lock is held, after " + kill).isFalse();
    }

    private static boolean isLocked() {
        String lock = SITE.name() + "_tandem-lock";
        return Shell.run(Shell.HOME, "docker", "volume", "inspect", lock).ok();
    }

    private static int interrupted() {
        return (int)
                PastChanges.of(SITE).stream().filter(line -> line.endsWith("interrupted")).count();
    }
}
