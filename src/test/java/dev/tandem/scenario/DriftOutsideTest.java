package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody changes beside Tandem is shown by `plan`, with that as its cause, and put right by
/// `apply`, without a request being lost.
@Tag("containers")
@Tag("slow")
class DriftOutsideTest {
    @RegisterExtension static final ChangingSite LIVE = new ChangingSite();
    @RegisterExtension static final AsItsFileAsks EACH = new AsItsFileAsks(LIVE);
    private static final TestSite SITE = LIVE.site();

    @AfterEach
    void bothWebServersAnswer() {
        assertThat(LIVE.answering()).containsExactly("web-a", "web-b");
    }

    /// As an editor leaves it.
    private static void append(String path, String line) {
        String text = Shell.answer("cat", SITE.rendered().resolve(path).toString());
        SITE.file(".tandem/" + SITE.name() + "/" + path, text + "\n" + line + "\n");
    }

    @Test
    void aFileThatSomebodyEditedIsWrittenAnew() {
        append("haproxy-a/haproxy.cfg", "# edited");
        assertThat(LIVE.plan())
                .isEqualTo("write      haproxy-a  haproxy-a/haproxy.cfg: changed outside");
        LIVE.applied();
    }

    @Test
    void aFileThatSomebodyEditedAndLoadedIsLoadedAnew() {
        append("haproxy-b/haproxy.cfg", "# edited");
        assertThat(SITE.exec("haproxy-b", "reload", "haproxy").exit()).isZero();
        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: changed outside
                        probe      haproxy-b  before it gets traffic\
                        """);
        LIVE.applied();
    }

    @Test
    void aContainerThatSomebodyStoppedIsStarted() {
        SITE.docker("stop", "haproxy-b");
        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        start      haproxy-b  it is exited
                        probe      haproxy-b  before it gets traffic\
                        """);
        LIVE.applied();
    }

    @Test
    void aServerThatSomebodyDrainedAtTheSocketGetsRequestsAgain() {
        SITE.exec("haproxy-a", "runtime", "set server web/web-b state drain");
        SITE.exec("haproxy-b", "runtime", "set server web-tls/web-b weight 30%");
        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        set        haproxy-b  web-b ready: not requested: changed outside
                        set        haproxy-a  web-b ready: not requested: changed outside\
                        """);
        LIVE.applied();
    }

    @Test
    void anAddressThatSomebodyAddedIsTakenOff() {
        String device = device("haproxy-a");
        String address = SITE.lan(77) + "/24";
        assertThat(SITE.exec("haproxy-a", "ip", "address", "add", address, "dev", device).exit())
                .isZero();
        assertThat(LIVE.plan())
                .isEqualTo(
                        "unassign   haproxy-a  %s on %s: not requested: changed outside"
                                .formatted(address, device));
        LIVE.applied();
        assertThat(SITE.exec("haproxy-a", "ip", "-4", "address").stdout())
                .doesNotContain(SITE.lan(77) + "/");
    }

    /// The interface on the LAN.
    private static String device(String balancer) {
        String lan = " " + SITE.lan(0).toString().replaceFirst("0$", "");
        return SITE.exec(balancer, "node-state").lines().stream()
                .filter(line -> line.startsWith("address=eth") && line.contains(lan))
                .map(line -> line.substring("address=".length(), line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }
}
