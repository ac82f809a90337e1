package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A site over three machines of the farm, brought up and changed from a fourth one, which is none
/// of them. Each test goes on from where the one before has left it.
@Tag("containers")
@Tag("exact")
@TestMethodOrder(OrderAnnotation.class)
class SeveralMachinesTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final String VIP = "192.168.0.150";

    private static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: root@192.168.0.12}
              m3: {ssh: bob@192.168.0.13}
            balancers:
              haproxy-a: {machine: m1}
              haproxy-b: {machine: m2}
            backend: {check: /}
            servers:
              web-a: {machine: m1}
              web-b: {machine: m2}
              web-c: {machine: m3}
            """;

    private static final String MOVED =
            FILE.replace("haproxy-a: {machine: m1}", "haproxy-a: {machine: m3}")
                    .replace("web-a: {machine: m1}", "web-a: {machine: m3}")
                    .replace("web-c: {machine: m3}", "web-c: {machine: m1}");

    private static Path base() {
        return FARM.directory().resolve("site");
    }

    private static void file(String text) throws IOException {
        Files.createDirectories(base());
        Files.writeString(base().resolve("tandem.yaml"), text);
    }

    private static Output tandem(String arguments) {
        return tandem(base(), arguments);
    }

    private static Output tandem(Path directory, String arguments) {
        return FARM.run("lan", "sh", "-c", line(directory, arguments));
    }

    private static String line(Path directory, String arguments) {
        return "cd %s && JAVA_HOME=%s exec %s %s"
                .formatted(
                        directory,
                        System.getProperty("java.home"),
                        Shell.HOME.resolve("tandem"),
                        arguments);
    }

    /// What a command says that must not fail.
    private static String ok(String arguments) {
        Output output = tandem(arguments);
        assertThat(output.exit()).as(arguments + "\n" + output.stdout() + output.stderr()).isZero();
        return output.stdout() + output.stderr();
    }

    private static String squeezed(String text) {
        return text.replaceAll(" +", " ");
    }

    private static String on(String machine, String line) {
        return FARM.answer(machine, line);
    }

    private static String status() {
        return squeezed(tandem("status").stdout());
    }

    private static String ids(String machine) {
        return on(machine, "docker ps --no-trunc --format '{{.ID}} {{.Names}}' | sort");
    }

    @Test
    @Order(1)
    void upMakesItOnAllMachinesAndASecondOneHasNothingToDo() throws IOException {
        file(FILE);
        on("m3", "docker image rm $(docker image ls -q tandem/web)");
        String up = ok("up");
        assertThat(up).contains("sent to m3");
        assertThat(status())
                .contains("VIP 192.168.0.150 is held by haproxy-a\n")
                .contains("haproxy-b m2 BACKUP serves 192.168.0.152 running\n")
                .contains("web-c m3 UP UP 192.168.0.163 running\n")
                .doesNotContain("not well")
                .doesNotContain("not in step");
        assertThat(ok("up")).contains("Nothing to change");
        assertThat(FARM.farm("lan", "curl", "-sSf", "--max-time", "5", "http://" + VIP + "/"))
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
        try (FarmLoad load = FarmLoad.on(FARM, VIP)) {
            file(FILE.replace("check: /", "check: /index.html"));
            assertThat(squeezed(ok("apply --yes --watch-time 1")))
                    .contains("reload haproxy-b haproxy.cfg: backend.check: / → /index.html");
            assertThat(on("m1", "grep -c index.html /var/lib/tandem/shop/haproxy-a/haproxy.cfg"))
                    .isNotEqualTo("0");
            ok("rollback --yes --watch-time 1");
            assertThat(on("m2", "head -n 1 /var/lib/tandem/shop/.applied")).isEqualTo("change 3");
            file(FILE);
            assertThat(ok("plan")).contains("Nothing to do");

            ok("drain web-c --wait");
            ok("switchover");
            assertThat(status()).contains("web-c m3 DRAIN DRAIN").contains("is held by haproxy-b");
            ok("ready web-c");
            ok("switchover haproxy-a");
            ok("weight web-a 50%");
            ok("machine m1 drain");
            assertThat(status())
                    .contains("is held by haproxy-b")
                    .contains("web-a m1 DRAIN 50% DRAIN 50%");
            assertThat(tandem("machine m2 drain").exit()).isEqualTo(4);
            ok("machine m1 ready");
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(status()).contains("is held by haproxy-a").doesNotContain("not well");
    }

    /// m1 has the master. Where live-restore is set, as on m2, the death of an engine is nothing to
    /// its containers.
    @Test
    @Order(4)
    void aMachineRebootsAndAnEngineDiesByDrillsOfTheirNames() {
        String started =
                "docker ps -q | xargs docker inspect -f '{{.Name}} {{.State.StartedAt}}' | sort";
        on("m2", "/srv/tandem/setup/engine --yes");
        String before = on("m2", started);
        String booted = on("m1", "stat -c %Y /proc/1; cut -d' ' -f22 /proc/1/stat");

        Output refused = tandem("drill machine-reboot=m3 engine-kill=m3 engine-kill=m9 --yes");
        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("machine-reboot-m3: m3 is reached as bob, who is not root there")
                .contains("engine-kill-m3: m3 is reached as bob")
                .contains("engine-kill-m9: the site has no machine m9, but m1, m2, m3")
                .contains("nothing was broken");

        Output drill = tandem("drill engine-kill=m2 machine-reboot --yes --hold 1 --rate 100");
        String said = drill.stdout() + drill.stderr();
        System.out.println(drill.stdout());
        assertThat(drill.exit()).as(said).isIn(0, 6);
        assertThat(said)
                .contains("kill the Docker engine of m2 (root@192.168.0.12); with live-restore")
                .contains("reboot m1 (root@192.168.0.11)");
        assertThat(squeezed(said)).containsPattern("engine-kill-m2 \\d+ \\d+ 0 ");
        assertThat(on("m2", started)).isEqualTo(before);
        assertThat(on("m1", "stat -c %Y /proc/1; cut -d' ' -f22 /proc/1/stat"))
                .isNotEqualTo(booted);
        assertThat(status()).contains("haproxy-a m1 MASTER serves").doesNotContain("not well");
    }

    @Test
    @Order(5)
    void whoIsBehindOrFindsALockOnAnyMachineIsRefused() throws IOException {
        Path other = Files.createDirectories(FARM.directory().resolve("clone"));
        Files.writeString(other.resolve("tandem.yaml"), FILE);
        Output behind = tandem(other, "apply --yes");
        assertThat(behind.exit()).as(behind.stderr()).isEqualTo(4);
        assertThat(behind.stderr())
                .containsPattern("m1 is at change \\d+ of this site, this directory at 0")
                .contains("in " + base().resolve(".tandem/shop"));

        on("m2", "docker volume create --label dev.tandem.lock.by=eve shop_tandem-lock");
        Output locked = tandem("drain web-a");
        assertThat(locked.exit()).isEqualTo(4);
        assertThat(locked.stderr()).contains("another change of this site is under way", "eve");
        assertThat(on("m1", "docker volume ls -q")).doesNotContain("tandem-lock");
        on("m2", "docker volume rm shop_tandem-lock");
    }

    @Test
    @Order(6)
    void nodesMoveBetweenMachinesWithoutALoss() throws IOException {
        try (FarmLoad load = FarmLoad.on(FARM, VIP)) {
            file(MOVED);
            assertThat(squeezed(ok("apply --yes --watch-time 1")))
                    .contains("move web-a from m1 to m3: servers.web-a.machine: m1 → m3")
                    .contains("move haproxy-a from m1 to m3:");
            assertThat(load.end()).matches("\\d{3,} sent, 0 lost");
        }
        assertThat(status())
                .contains("haproxy-a m3 MASTER serves")
                .contains("web-a m3 UP 50% UP 50%") // what was asked of it goes with it
                .contains("web-c m1 UP UP")
                .doesNotContain("not well");
        assertThat(on("m1", "find /var/lib/tandem/shop -name '*.key' -o -name 'haproxy*'"))
                .isEqualTo("/var/lib/tandem/shop/tls/web-c/server.key");
        assertThat(ok("plan")).contains("Nothing to do");
    }

    @Test
    @Order(7)
    void withoutAMachineNothingIsChangedUnlessTheOperatorSaysHowItIs() throws IOException {
        file(MOVED.replace("check: /", "check: /index.html"));
        dyingInTheMiddle("m3");
        assertThat(on("m2", "grep -c index.html /var/lib/tandem/shop/haproxy-b/haproxy.cfg || :"))
                .isEqualTo("0");
        long begin = System.nanoTime();
        Output refused = tandem("apply --yes");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains(
                        "not every machine of the site can be reached: m3", "nothing was changed");

        assertThat(tandem("apply --yes --without m2").exit()).isEqualTo(4);
        ok("apply --yes --watch-time 1 --without m3");
        assertThat(on("m2", "grep -c index.html /var/lib/tandem/shop/haproxy-b/haproxy.cfg"))
                .isNotEqualTo("0");
        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        TestSite.await(
                "m3 is back with what it had",
                () -> on("m3", "docker ps --format '{{.Names}}'").lines().count() == 3);
        assertThat(squeezed(ok("apply --yes --watch-time 1")))
                .contains("reload haproxy-a")
                .doesNotContain("create", "replace");
        assertThat(ok("plan")).contains("Nothing to do");
    }

    /// A machine dies when the first balancer has the change: that is taken back, where there is
    /// somebody to take it back.
    private static void dyingInTheMiddle(String machine) throws IOException {
        Process apply =
                new ProcessBuilder(FARM.command("lan", "sh", "-c", line(base(), "apply --yes")))
                        .redirectErrorStream(true)
                        .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = apply.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                said.append(line).append('\n');
                if (line.startsWith("watch haproxy-b")) { // 5 s of its requests
                    FARM.farm("off", machine);
                }
            }
        }
        assertThat(said.toString())
                .contains(machine + " went away", "the change was taken back")
                .contains("when " + machine + " is back: tandem apply; to go on without:")
                .contains("tandem apply --without " + machine);
        assertThat(apply.onExit().join().exitValue()).as(said.toString()).isEqualTo(5);
    }

    /// Its nodes go where they were before they moved.
    @Test
    @Order(8)
    void aMachineIsGoneAndWhatComesBackWithItIsRemoved() throws IOException {
        FARM.farm("off", "m3");
        file(
                FILE.replace("  m3: {ssh: bob@192.168.0.13}\n", "")
                        .replace("web-c: {machine: m3}", "web-c: {machine: m1}")
                        .replace("check: /", "check: /index.html"));
        assertThat(tandem("apply --yes").exit()).isEqualTo(4);
        ok("apply --yes --watch-time 1 --gone m3");
        assertThat(status())
                .contains("haproxy-a m1 MASTER serves")
                .contains("web-a m1 UP 50% UP 50%")
                .doesNotContain("not well");

        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        file(FILE.replace("check: /", "check: /index.html"));
        assertThat(squeezed(ok("apply --yes --watch-time 1")))
                .contains("remove m3/haproxy-a haproxy-a is on m1, where it should be")
                .contains("remove m3/web-a web-a is on m1, where it should be")
                .contains("move web-c from m1 to m3");
        assertThat(status()).contains("web-c m3 UP UP").doesNotContain("not well");
    }

    /// Every balancer answers the CA, wherever it is, and every balancer gets what it gives.
    @Test
    @Order(9)
    void aCaGivesTheCertificateThatAllBalancersShow() throws IOException {
        try (PebbleCa ca = PebbleCa.start(FARM, base(), VIP)) {
            String acme =
                    "tls: {acme: {directory: \"%s\", ca: ./pebble-ca.pem, names: [shop.test]}}\n"
                            .formatted(ca.directory());
            file(FILE.replace("check: /", "check: /index.html") + acme);
            ok("apply --yes --watch-time 1");
            ok("certificate renew");
        }
        assertThat(shown("m1", "haproxy-a"))
                .contains("Pebble Intermediate", "DNS:shop.test")
                .isEqualTo(shown("m2", "haproxy-b"));
        assertThat(on("m1", "find /var/lib/tandem/shop -name account.key")).isEmpty();
        assertThat(ok("plan")).contains("Nothing to do");
    }

    private static String shown(String machine, String balancer) {
        return on(
                machine,
                "docker exec shop-"
                        + balancer
                        + " sh -c 'openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null"
                        + " | openssl x509 -noout -serial -issuer -ext subjectAltName'");
    }

    @Test
    @Order(10)
    void downRemovesAllOfItWithItsKeys() {
        FARM.farm("off", "m3");
        assertThat(tandem("down").exit()).isEqualTo(4);
        assertThat(ok("down --without m3"))
                .contains("removed container shop-web-b on m2")
                .contains("Site shop is down")
                .contains("m3 comes back with what it has of the site");
        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        assertThat(ok("down"))
                .contains("removed container shop-web-c on m3")
                .doesNotContain(" on m2");
        for (String machine : List.of("m1", "m2", "m3")) {
            assertThat(on(machine, "docker ps -aq; docker volume ls -q; ls /var/lib/tandem"))
                    .isEmpty();
        }
        assertThat(base().resolve(".tandem/shop/tls/ca.pem")).exists();
    }
}
