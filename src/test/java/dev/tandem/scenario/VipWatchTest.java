package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `vip-watch` in the network of the backup tells who owns the VIP, and when that changed.
@Tag("containers")
class VipWatchTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(TestSite.likeTheCustomers());

    /// Seconds. It is milliseconds, but on a machine that has too much else to do.
    private static final double BUSY = 2;

    private static TestSite site = LIVE.site();
    private static String watch = "";

    @BeforeAll
    static void bringUp() {
        watch =
                Shell.answer(
                        "docker",
                        "run",
                        "--detach",
                        "--label",
                        "dev.tandem.check=" + TestSite.CHECK,
                        "--network",
                        "container:" + site.container("haproxy-b"),
                        "--cap-drop",
                        "ALL",
                        "--cap-add",
                        "NET_RAW",
                        "--entrypoint",
                        "vip-watch",
                        site.balancerImage(),
                        site.lan(152).toString(),
                        site.lan(150).toString());
        TestSite.await("it tells who owns the VIP", () -> owners().equals(List.of(macOf("a"))));
    }

    @AfterAll
    static void takeDown() {
        Shell.run(Shell.HOME, "docker", "rm", "--force", watch);
    }

    @AfterEach
    void itTellsOfTheMasterAgain() {
        TestSite.await("haproxy-a is master", () -> last().equals(macOf("a")));
    }

    @Test
    void aMoveIsSeenAtOnceInBothDirections() {
        String a = macOf("a");
        String b = macOf("b");
        int before = owners().size();

        site.docker("kill", "haproxy-a");
        double lag;
        try {
            TestSite.await("haproxy-b owns it", () -> last().equals(b));
            lag = lagOf(b, "haproxy-b", "MASTER");
        } finally {
            site.docker("start", "haproxy-a");
        }
        assertThat(lag)
                .as("seconds from Keepalived's own word to the line that shows it")
                .isBetween(-BUSY, BUSY);
        // An engine may give a container another MAC at each start.
        String again = macOf("a");
        TestSite.await("haproxy-a owns it again", () -> last().equals(again));

        assertThat(owners().subList(before, owners().size()))
                .as("each owner by the MAC of its LAN interface; between them none, or both")
                .contains(b)
                .endsWith(again)
                .isSubsetOf(a, b, again, "none", both(a, b), both(again, b));
    }

    @Test
    void twoOwnersAtOnceAreBothShown() {
        // Somebody gives the backup the VIP by hand; Keepalived did not, and does not take it away.
        String address =
                "lan=$(sed 's/^.LAN=//' /run/tandem/lan.conf) && ip address %s $TANDEM_VIP/32"
                        + " dev \"$lan\"";

        site.exec("haproxy-b", "sh", "-c", address.formatted("add"));
        String both = both(macOf("a"), macOf("b"));
        TestSite.await("both own it", () -> last().equals(both));
        site.exec("haproxy-b", "sh", "-c", address.formatted("del"));
        TestSite.await("one owns it", () -> last().equals(macOf("a")));
    }

    /// Seconds from when a balancer's init noted its state to the last line with this owner.
    private static double lagOf(String owner, String balancer, String state) {
        String note = site.exec(balancer, "cat", "/run/tandem/vrrp").stdout().strip();
        assertThat(note).startsWith(state + " ");
        var noted = java.time.Instant.parse(note.substring(state.length() + 1));
        String line =
                lines().stream()
                        .filter(l -> l.endsWith(" owner " + owner))
                        .reduce((first, second) -> second)
                        .orElseThrow();
        double seen = Double.parseDouble(line.substring(0, line.indexOf(' ')));
        return seen - noted.toEpochMilli() / 1000.0;
    }

    private static String both(String one, String other) {
        return one.compareTo(other) < 0 ? one + "," + other : other + "," + one;
    }

    private static String last() {
        return Optional.of(owners()).filter(o -> !o.isEmpty()).map(List::getLast).orElse("");
    }

    private static List<String> owners() {
        return lines().stream().map(l -> l.replaceFirst("^\\d+\\.\\d{6} owner ", "")).toList();
    }

    private static List<String> lines() {
        return Shell.answer("docker", "logs", watch).lines().toList();
    }

    /// The MAC of a balancer's LAN interface, asked of the balancer itself.
    private static String macOf(String which) {
        return site.fact("haproxy-" + which, "mac");
    }
}
