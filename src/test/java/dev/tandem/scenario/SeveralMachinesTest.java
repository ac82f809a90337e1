package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.load.Outcome;
import dev.tandem.load.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A site over three machines of the farm is brought up, changed and moved, and nobody loses a
/// request. Each test goes on from where the one before has left it. What becomes of it when
/// machines do not answer: `MachineAwayTest`.
@Tag("containers")
@Tag("counting")
@TestMethodOrder(OrderAnnotation.class)
class SeveralMachinesTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final FarmSite SITE = new FarmSite(FARM);

    private static String on(String machine, String line) {
        return FARM.answer(machine, line);
    }

    private static String ids(String machine) {
        return on(machine, "docker ps --no-trunc --format '{{.ID}} {{.Names}}' | sort");
    }

    @Test
    @Order(1)
    void upMakesItOnAllMachinesAndASecondOneHasNothingToDo() throws IOException {
        SITE.file(FarmSite.FILE);
        on("m3", "docker image rm $(docker image ls -q tandem/web)");
        assertThat(SITE.ok("up")).contains("sent to m3");
        assertThat(SITE.status())
                .contains("VIP 192.168.0.150 is held by haproxy-a\n")
                .contains("haproxy-b m2 BACKUP serves 192.168.0.152 running\n")
                .contains("web-c m3 UP UP 192.168.0.163 running\n")
                .doesNotContain("not well")
                .doesNotContain(FarmSite.DRIFT);
        assertThat(SITE.ok("up")).contains("Nothing to change");
        assertThat(
                        FARM.farm(
                                "lan",
                                "curl",
                                "-sSf",
                                "--max-time",
                                "5",
                                "http://" + FarmSite.VIP + "/"))
                .contains("web-");
    }

    @Test
    @Order(2)
    void onEachMachineLiesWhatItsNodesNeedAndPlainComposeRecreatesNothing() {
        String there = "cd /var/lib/tandem/shop && ";
        assertThat(on("m1", there + "find . -name '*.key' -o -name '*.pem' | sort"))
                .isEqualTo(
                        """
                        ./tls/balancer/ca.pem
                        ./tls/balancer/site.pem
                        ./tls/web-a/server.key
                        ./tls/web-a/server.pem\
                        """);
        assertThat(on("m3", there + "find . -name '*.key' -o -name '*.pem' | sort"))
                .isEqualTo("./tls/web-c/server.key\n./tls/web-c/server.pem");
        assertThat(on("m1", there + "stat -c '%a %n' . tls/web-a/server.key"))
                .isEqualTo("700 .\n600 tls/web-a/server.key");
        for (String machine : List.of("m1", "m2", "m3")) {
            assertThat(on(machine, there + "head -n 1 .applied")).isEqualTo("change 1");
            String before = ids(machine);
            on(machine, there + "docker compose up -d");
            assertThat(ids(machine)).isEqualTo(before).doesNotContain("tandem-files");
            assertThat(on(machine, "docker volume ls -q; ls -a /var/lib/tandem/shop"))
                    .doesNotContain("tandem-lock", ".next");
        }
    }

    @Test
    @Order(3)
    void aKeyIsAppliedAndTakenBackAndOrdersAreFollowedWithoutALoss() throws IOException {
        try (FarmLoad load = FarmLoad.on(FARM, FarmSite.VIP, FarmLoad.QUIET_RATE)) {
            SITE.file(FarmSite.FILE.replace("check: /", "check: /index.html"));
            assertThat(SITE.ok("apply --yes --watch-time 1"))
                    .contains("reload haproxy-b haproxy.cfg: backend.check: / → /index.html");
            assertThat(on("m1", "grep -c index.html /var/lib/tandem/shop/haproxy-a/haproxy.cfg"))
                    .isNotEqualTo("0");
            SITE.ok("rollback --yes --watch-time 1");
            assertThat(on("m2", "head -n 1 /var/lib/tandem/shop/.applied")).isEqualTo("change 3");
            SITE.file(FarmSite.FILE);

            SITE.ok("drain web-c --wait");
            SITE.ok("switchover");
            assertThat(SITE.status())
                    .contains("web-c m3 DRAIN DRAIN")
                    .contains("is held by haproxy-b");
            SITE.ok("ready web-c");
            SITE.ok("switchover haproxy-a");
            SITE.ok("weight web-a 50%");
            SITE.ok("machine m1 drain");
            assertThat(SITE.status())
                    .contains("is held by haproxy-b")
                    .contains("web-a m1 DRAIN 50% DRAIN 50%");
            assertThat(SITE.tandem("machine m2 drain").exit()).isEqualTo(4);
            SITE.ok("machine m1 ready");
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(SITE.status())
                .contains("is held by haproxy-a")
                .doesNotContain("not well")
                .doesNotContain(FarmSite.DRIFT);
    }

    /// The site logs who asked: all of them came from m3, where the user of ssh is not root, and
    /// each is known to both sides.
    @Test
    @Order(4)
    void theLoadOfADrillIsSentFromAMachineOfTheSiteAndNothingStaysThere() throws IOException {
        assertThat(SITE.tandem("drill web-kill --from m9 --yes").exit()).isEqualTo(2);
        Output refused = SITE.tandem("drill machine-reboot=m2 web-kill --from m2 --yes");
        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("machine-reboot-m2: it strikes m2, from which the load is sent")
                .contains("nothing was broken");

        Output drill = SITE.tandem("drill web-kill --from m3 --yes --hold 1 --rate 50");
        String said = drill.stdout() + drill.stderr();
        System.out.println(drill.stdout());
        assertThat(drill.exit()).as(said).isIn(0, 6); // 6: this machine was too full to tell
        assertThat(drill.stdout().lines().toList().get(1))
                .matches(
                        "load from m3 \\(bob@192\\.168\\.0\\.13\\), Java 25\\S*,"
                                + " \\d+ processors, its clock known within \\S+ ms");
        Path run = Path.of(said.replaceFirst("(?s).*Report, recordings, logs: (\\S+).*", "$1"));
        assertThat(Files.readString(run.resolve("run")))
                .contains("fact load from\tm3 (bob@192.168.0.13), Java 25");
        Path recording = run.resolve("web-kill-1");
        RunHistory history = RunHistory.read(recording.resolve("requests.history"));
        assertThat(history.isComplete()).isTrue();
        assertThat(history.records()).hasSizeGreaterThan(200);
        String logged = Files.readString(recording.resolve("haproxy-a.log"));
        assertThat(history.records().stream().filter(one -> one.outcome() == Outcome.OK))
                .allMatch(one -> logged.contains("{" + one.id() + "}"));
        assertThat(logged.lines().filter(line -> line.contains("{web-kill-1-")))
                .allMatch(line -> line.contains(" 192.168.0.13:"));
        assertThat(FARM.on("m3", "pgrep -f [p]rogram.jar || ls -d /tmp/tmp.*").ok()).isFalse();
        assertThat(SITE.status()).contains("web-a m1 UP 50% UP 50%").doesNotContain("not well");
    }

    /// m1 has the master. Where live-restore is set, as on m2, the death of an engine is nothing to
    /// its containers.
    @Test
    @Order(5)
    void aMachineRebootsAndAnEngineDiesByDrillsOfTheirNames() {
        String started =
                "docker ps -q | xargs docker inspect -f '{{.Name}} {{.State.StartedAt}}' | sort";
        on("m2", "/srv/tandem/setup/engine --yes");
        String before = on("m2", started);
        String booted = on("m1", "stat -c %Y /proc/1; cut -d' ' -f22 /proc/1/stat");

        Output refused = SITE.tandem("drill machine-reboot=m3 engine-kill=m3 engine-kill=m9 --yes");
        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("machine-reboot-m3: m3 is reached as bob, who is not root there")
                .contains("engine-kill-m3: m3 is reached as bob")
                .contains("engine-kill-m9: the site has no machine m9, but m1, m2, m3")
                .contains("nothing was broken");

        Output drill = SITE.tandem("drill engine-kill=m2 machine-reboot --yes --hold 1 --rate 100");
        String said = drill.stdout() + drill.stderr();
        System.out.println(drill.stdout());
        assertThat(drill.exit()).as(said).isIn(0, 6);
        assertThat(said)
                .contains("kill the Docker engine of m2 (root@192.168.0.12); with live-restore")
                .contains("reboot m1 (root@192.168.0.11)")
                .containsPattern("engine-kill-m2 +\\d+ +\\d+ +0 ");
        assertThat(on("m2", started)).isEqualTo(before);
        assertThat(on("m1", "stat -c %Y /proc/1; cut -d' ' -f22 /proc/1/stat"))
                .isNotEqualTo(booted);
        assertThat(SITE.status()).contains("haproxy-a m1 MASTER serves").doesNotContain("not well");
    }

    @Test
    @Order(6)
    void nodesMoveBetweenMachinesWithoutALoss() throws IOException {
        try (FarmLoad load = FarmLoad.on(FARM, FarmSite.VIP, FarmLoad.QUIET_RATE)) {
            SITE.file(FarmSite.MOVED);
            assertThat(SITE.ok("apply --yes --watch-time 1"))
                    .contains("move web-a from m1 to m3: servers.web-a.machine: m1 → m3")
                    .contains("move haproxy-a from m1 to m3:");
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(SITE.status())
                .contains("haproxy-a m3 MASTER serves")
                .contains("web-a m3 UP 50% UP 50%") // what was asked of it goes with it
                .contains("web-c m1 UP UP")
                .doesNotContain("not well")
                .doesNotContain(FarmSite.DRIFT);
        assertThat(on("m1", "find /var/lib/tandem/shop -name '*.key' -o -name 'haproxy*'"))
                .isEqualTo("/var/lib/tandem/shop/tls/web-c/server.key");
    }
}
