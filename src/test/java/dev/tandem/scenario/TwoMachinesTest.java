package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Chapter 8 of docs/start.md, typed word by word on a machine of the farm, after chapter 2: a site
/// on one machine becomes one on two, while clients ask for it. The Vietnamese page has the same
/// blocks (`TwoLanguagesTest`).
@Tag("containers")
@Tag("counting")
@TestMethodOrder(OrderAnnotation.class)
class TwoMachinesTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final String VIP = "192.168.0.150";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:\\w*)\\n(.*?)^```$");
    private static final Pattern KEY = Pattern.compile("(?m)^(\\w+):");

    /// What is left to type of the chapter.
    private static final Deque<String> PAGE = new ArrayDeque<>();

    private static final List<String> CHAPTER_8 = blocks(8);

    private static List<String> blocks(int chapter) {
        try {
            String page = Files.readString(Shell.HOME.resolve("docs/start.md"));
            String text = page.split("(?m)^## " + chapter + "\\. ", 2)[1].split("(?m)^## ", 2)[0];
            return BLOCK.matcher(text).results().map(found -> found.group(1)).toList();
        } catch (IOException unread) {
            throw new IllegalStateException(unread);
        }
    }

    /// Types lines on m1, in ~/shop where that is.
    private static Output typed(String lines) {
        String home = "/var/lib/tandem/home";
        return FARM.run(
                "in",
                "m1",
                "env",
                "HOME=" + home,
                "PATH=" + home + "/bin:" + System.getenv("PATH"),
                "TANDEM_BUILD_BY=/srv/tandem",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "bash",
                "-c",
                ("set -e; mkdir -p ~/bin; ln -sf /srv/tandem/tandem ~/bin/tandem; cd;"
                                + " [ ! -d shop ] || cd shop;"
                                + " curl() { command curl -fsS --max-time 20 \"$@\"; }\n")
                        + lines);
    }

    private static String ok(String lines) {
        Output output = typed(lines);
        assertThat(output.exit()).as(lines + output.stdout() + output.stderr()).isZero();
        return output.stdout() + output.stderr();
    }

    /// Puts the keys of a block into tandem.yaml, each in place of the one of that name.
    private static String with(String file, String block) {
        List<String> keys = KEY.matcher(block).results().map(found -> found.group(1)).toList();
        StringBuilder kept = new StringBuilder();
        boolean skips = false;
        for (String line : file.lines().toList()) {
            MatchResult key = KEY.matcher(line).results().findFirst().orElse(null);
            skips = key == null ? skips : keys.contains(key.group(1));
            kept.append(skips ? "" : line + "\n");
        }
        return kept + block;
    }

    @Test
    @Order(1)
    void whileItRunsOnOneMachineItDoesNotGoToTwoAndTheWayIsSaid() {
        ok(blocks(2).getFirst());
        PAGE.addAll(CHAPTER_8);
        assertThat(ok(PAGE.remove())).isEqualTo("m2\n");
        String file = with(ok("cat tandem.yaml"), PAGE.remove());
        ok("cat >tandem.yaml <<'END'\n" + file + "END\n");
        Output refused = typed("tandem apply --yes");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("runs on one engine, and its file names machines now")
                .contains("nothing was changed")
                .contains("tandem down && tandem up");
        ok("curl http://" + VIP + "/");
    }

    /// What that costs clients is printed, and said in docs/operating/machines.md.
    @Test
    @Order(2)
    void itGoesTheWayThatWasSaidAndItsClientsTrustItAsBefore() throws IOException {
        String authority = ok("cat .tandem/shop/tls/ca.pem");
        try (FarmLoad load = FarmLoad.on(FARM, VIP)) {
            ok(PAGE.remove());
            FarmLoad.Cost cost = load.cost();
            System.out.printf(
                    "from one machine to two: no answer for %.1f s; lost %d new, %d kept%n",
                    cost.silence(), cost.fresh(), cost.kept());
            assertThat(cost.silence()).isBetween(0.5, 60.0);
        }
        assertThat(ok("cat .tandem/shop/tls/ca.pem")).isEqualTo(authority);
        assertThat(ok("tandem status").replaceAll(" +", " "))
                .contains("haproxy-a m1 MASTER serves")
                .contains("haproxy-b m2 BACKUP serves")
                .contains("web-b m2 UP UP")
                .contains("All is well");
        assertThat(ok("docker network ls")).doesNotContain("vtnet");
        assertThat(ok("ls .tandem/shop")).doesNotContain("haproxy-a", "web-a");
    }

    @Test
    @Order(3)
    void aMachineIsTakenOutOfServiceAndComesBackWithoutALoss() throws IOException {
        try (FarmLoad load = FarmLoad.on(FARM, VIP, FarmLoad.QUIET_RATE)) {
            ok(PAGE.remove());
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(PAGE).isEmpty();
    }

    /// With a web server that balancers on the other ones come to know.
    @Test
    @Order(4)
    void aThirdMachineJoinsWithoutALoss() throws IOException {
        String file =
                ok("cat tandem.yaml")
                        .replace("machines:\n", "machines:\n  m3: { ssh: root@192.168.0.13 }\n")
                        .replace(
                                "  web-b: { machine: m2 }\n",
                                "  web-b: { machine: m2 }\n  web-c: { machine: m3 }\n");
        ok("cat >tandem.yaml <<'END'\n" + file + "END\n");
        try (FarmLoad load = FarmLoad.on(FARM, VIP, FarmLoad.QUIET_RATE)) {
            ok("tandem apply --yes --watch-time 1");
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(ok("tandem status").replaceAll(" +", " "))
                .contains("web-c m3 UP UP")
                .contains("All is well");
    }

    /// The nodes that it breaks, the watch on the VIP and the logs are on several machines.
    @Test
    @Order(5)
    void aDrillBreaksWhatIsOnBothAndCountsWhatItCosts() throws IOException {
        Output drill = typed("tandem drill web-refuse balancer-kill --yes --hold 1 --rate 100");
        String said = drill.stdout() + drill.stderr();
        assertThat(drill.exit()).as(said).isIn(0, 6);
        assertThat(said).contains("web-refuse", "balancer-kill").doesNotContain("not known");
        String report = ok("cat $(ls -d .tandem/shop/runs/*/ | tail -n 1)report.json");
        assertThat(report).contains("m2 the same within ", "\"haproxy-b\"");
        assertThat(ok("tandem report")).contains("balancer-kill");
        assertThat(ok("tandem status")).contains("All is well");
    }

    @Test
    @Order(6)
    void aMachineIsSwitchedOffAndItsContainersComeBackByThemselves() {
        FARM.farm("off", "m2");
        for (int i = 0; i < 10; i++) {
            ok("curl http://" + VIP + "/");
        }
        assertThat(typed("tandem status").stdout()).contains("m2").contains("not well");
        FARM.farm("on", "m2");
        FARM.farm("wait", "m2");
        TestSite.await("m2 is back", () -> typed("tandem status").exit() == 0);
        assertThat(ok("tandem down")).contains("Site shop is down");
        TestSite.await(
                "m2 knows m1 by its own MAC address, and not by that of a link that is gone",
                () ->
                        FARM.answer("m2", "ip neigh show 192.168.0.11")
                                .contains("02:4d:c0:a8:00:0b"));
    }
}
