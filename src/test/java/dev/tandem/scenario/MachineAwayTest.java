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

/// A site over three machines of the farm, on which an engine is missing, which die in the middle
/// of a change, are away, gone and back. Each test goes on from where the one before has left it.
@Tag("containers")
@TestMethodOrder(OrderAnnotation.class)
class MachineAwayTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final FarmSite SITE = new FarmSite(FARM);

    private static String on(String machine, String line) {
        return FARM.answer(machine, line);
    }

    /// Ends an engine for good. The next one gets the same settings out of a file.
    private static void stopEngine(String machine) {
        on(
                machine,
                "o() { tr '\\0' '\\n' </proc/$(cat /run/docker.pid)/cmdline |"
                        + " sed -n \"/^--$1/{n;p}\"; };"
                        + " printf '{\\n  \"cgroup-parent\": \"%s\",\\n  \"dns\": [\"%s\"]\\n}\\n'"
                        + " $(o cgroup-parent) $(o dns) >/etc/docker/daemon.json");
        FARM.farm("hold", machine, "on");
        FARM.farm("dockerd", machine, "TERM");
        TestSite.await("its engine is gone", () -> !FARM.on(machine, "pgrep -x dockerd").ok());
    }

    /// The packages come from apt where they are missing, which has no way out of a farm: that is
    /// tried by hand (docs/decisions/0070-engines-of-machines.md).
    @Test
    @Order(0)
    void whereNoEngineAnswersItIsSaidWhatUpWouldDoAndWhoHasNoRootIsToldWhatToType()
            throws IOException {
        SITE.file(FarmSite.MOVED);
        stopEngine("m2");
        stopEngine("m3");
        Output plan = SITE.tandem("plan");
        assertThat(plan.exit()).as(plan.stderr()).isEqualTo(4);
        assertThat(plan.stderr())
                .contains("no Docker engine answers on m3, and bob has no root there")
                .contains("ssh -t bob@192.168.0.13 sudo setup/engine --yes --user bob");
        on("m3", "rm /etc/docker/daemon.json");
        FARM.farm("hold", "m3", "off");
        FARM.farm("wait", "m3");

        Output up = SITE.tandem("up");
        assertThat(up.exit()).as(up.stderr()).isEqualTo(4);
        assertThat(up.stderr())
                .contains("m2 has no Docker engine that answers")
                .contains("to be done there, as root:\n  - start the Docker engine")
                .contains("m2:   +  \"live-restore\": true,")
                .contains("nobody can be asked", "tandem up --yes");
        assertThat(FARM.on("m2", "pgrep -x dockerd || ls /tmp/tmp.*").ok()).isFalse();
    }

    @Test
    @Order(1)
    void upSetsUpTheEngineAndGoesOn() {
        assertThat(SITE.ok("up --yes")).contains("m2: starting the Docker engine");
        assertThat(on("m2", "docker info -f '{{.LiveRestoreEnabled}}'; ls /etc/docker /tmp"))
                .startsWith("true")
                .contains("daemon.json.before-")
                .doesNotContain("tmp.");
        SITE.ok("weight web-a 50%");
        assertThat(SITE.status())
                .contains("haproxy-a m3 MASTER serves")
                .contains("web-a m3 UP 50% UP 50%")
                .doesNotContain("not well")
                .doesNotContain(FarmSite.DRIFT);
    }

    @Test
    @Order(2)
    void whoIsBehindOrFindsALockOnAnyMachineIsRefused() throws IOException {
        Path other = Files.createDirectories(FARM.directory().resolve("clone"));
        Files.writeString(other.resolve("tandem.yaml"), FarmSite.MOVED);
        Output behind = SITE.tandem(other, "apply --yes");
        assertThat(behind.exit()).as(behind.stderr()).isEqualTo(4);
        assertThat(behind.stderr())
                .containsPattern("m1 is at change \\d+ of this site, this directory at 0")
                .contains("in " + SITE.base().resolve(".tandem/shop"));

        on("m2", "docker volume create --label dev.tandem.lock.by=eve shop_tandem-lock");
        Output locked = SITE.tandem("drain web-a");
        assertThat(locked.exit()).isEqualTo(4);
        assertThat(locked.stderr()).contains("another change of this site is under way", "eve");
        assertThat(on("m1", "docker volume ls -q")).doesNotContain("tandem-lock");
        on("m2", "docker volume rm shop_tandem-lock");
    }

    @Test
    @Order(3)
    void withoutAMachineNothingIsChangedUnlessTheOperatorSaysHowItIs() throws IOException {
        SITE.file(FarmSite.MOVED.replace("check: /", "check: /index.html"));
        dyingInTheMiddle("m3");
        assertThat(on("m2", "grep -c index.html /var/lib/tandem/shop/haproxy-b/haproxy.cfg || :"))
                .isEqualTo("0");
        long begin = System.nanoTime();
        Output refused = SITE.typed("apply --yes");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains(
                        "not every machine of the site can be reached: m3", "nothing was changed");

        assertThat(SITE.tandem("apply --yes --without m2").exit()).isEqualTo(4);
        SITE.ok("apply --yes --watch-time 1 --without m3");
        assertThat(on("m2", "grep -c index.html /var/lib/tandem/shop/haproxy-b/haproxy.cfg"))
                .isNotEqualTo("0");
        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        TestSite.await(
                "m3 is back with what it had",
                () -> on("m3", "docker ps --format '{{.Names}}'").lines().count() == 3);
        assertThat(SITE.ok("apply --yes --watch-time 1"))
                .contains("reload haproxy-a")
                .doesNotContain("create", "replace");
        assertThat(SITE.ok("plan")).contains("Nothing to do");
    }

    /// A machine dies when the first balancer has the change: that is taken back, where there is
    /// somebody to take it back.
    private static void dyingInTheMiddle(String machine) throws IOException {
        Process apply =
                new ProcessBuilder(SITE.command("apply --yes")).redirectErrorStream(true).start();
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
    @Order(4)
    void aMachineIsGoneAndWhatComesBackWithItIsRemoved() throws IOException {
        FARM.farm("off", "m3");
        SITE.file(
                FarmSite.FILE
                        .replace("  m3: {ssh: bob@192.168.0.13}\n", "")
                        .replace("web-c: {machine: m3}", "web-c: {machine: m1}")
                        .replace("check: /", "check: /index.html"));
        assertThat(SITE.tandem("apply --yes").exit()).isEqualTo(4);
        SITE.ok("apply --yes --watch-time 1 --gone m3");
        assertThat(SITE.status())
                .contains("haproxy-a m1 MASTER serves")
                .contains("web-a m1 UP 50% UP 50%")
                .doesNotContain("not well");

        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        SITE.file(FarmSite.FILE.replace("check: /", "check: /index.html"));
        assertThat(SITE.ok("apply --yes --watch-time 1"))
                .contains("remove m3/haproxy-a haproxy-a is on m1, where it should be")
                .contains("remove m3/web-a web-a is on m1, where it should be")
                .contains("move web-c from m1 to m3");
        assertThat(SITE.status()).contains("web-c m3 UP UP").doesNotContain("not well");
    }

    /// It has neither images nor keys nor containers any more.
    @Test
    @Order(5)
    void aMachineWithANewDiskIsMadeAnew() {
        FARM.farm("off", "m1");
        FARM.farm("disk", "m1");
        FARM.farm("on", "m1");
        FARM.farm("wait", "m1");
        // They know m1 by the MAC address of its way to the LAN, which is gone too.
        FARM.farm("lan", "ip", "neigh", "flush", "all");
        assertThat(on("m1", "docker ps -aq; docker images -q; ls /var/lib/tandem")).isBlank();
        assertThat(SITE.ok("apply --yes --watch-time 1"))
                .contains("create haproxy-a there is no container")
                .contains("create web-a there is no container");
        assertThat(SITE.status())
                .contains("haproxy-a m1 MASTER serves")
                .contains("web-a m1 UP 50% UP 50%")
                .doesNotContain("not well")
                .doesNotContain(FarmSite.DRIFT);
    }

    /// Every balancer answers the CA, wherever it is, and every balancer gets what it gives.
    @Test
    @Order(6)
    void aCaGivesTheCertificateThatAllBalancersShow() throws IOException {
        try (PebbleCa ca = PebbleCa.start(FARM, SITE.base(), FarmSite.VIP)) {
            String acme =
                    "tls: {acme: {directory: \"%s\", ca: ./pebble-ca.pem, names: [shop.test]}}\n"
                            .formatted(ca.directory());
            SITE.file(FarmSite.FILE.replace("check: /", "check: /index.html") + acme);
            SITE.ok("apply --yes --watch-time 1");
            SITE.ok("certificate renew");
        }
        assertThat(shown("m1", "haproxy-a"))
                .contains("Pebble Intermediate", "DNS:shop.test")
                .isEqualTo(shown("m2", "haproxy-b"));
        assertThat(on("m1", "find /var/lib/tandem/shop -name account.key")).isEmpty();
        assertThat(SITE.status()).doesNotContain("not well").doesNotContain(FarmSite.DRIFT);
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
    @Order(7)
    void downRemovesAllOfItWithItsKeys() {
        FARM.farm("off", "m3");
        assertThat(SITE.tandem("down").exit()).isEqualTo(4);
        assertThat(SITE.ok("down --without m3"))
                .contains("removed container shop-web-b on m2")
                .contains("Site shop is down")
                .contains("m3 comes back with what it has of the site");
        FARM.farm("on", "m3");
        FARM.farm("wait", "m3");
        assertThat(SITE.ok("down"))
                .contains("removed container shop-web-c on m3")
                .doesNotContain(" on m2");
        for (String machine : List.of("m1", "m2", "m3")) {
            assertThat(on(machine, "docker ps -aq; docker volume ls -q; ls /var/lib/tandem"))
                    .isEmpty();
        }
        assertThat(SITE.base().resolve(".tandem/shop/tls/ca.pem")).exists();
    }
}
