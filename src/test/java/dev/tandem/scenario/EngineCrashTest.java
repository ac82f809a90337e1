package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of a site when dockerd dies, without live-restore and with it, on engines of the
/// farm: the machine's own is never touched. A machine of the farm starts its dockerd again, as
/// systemd does.
@Tag("containers")
@Tag("counting")
@TestMethodOrder(OrderAnnotation.class)
class EngineCrashTest {
    private static final String SETTINGS = "/etc/docker/daemon.json";
    private static final String SETUP = "/srv/tandem/setup/engine";
    private static final String CRASHES = "docker info -f '{{.LiveRestoreEnabled}}'";

    /// Ids, and when each was started.
    private static final String CONTAINERS =
            "docker ps -q | xargs docker inspect -f '{{.Id}} {{.State.StartedAt}}' | sort";

    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2");

    @BeforeAll
    static void aSite() {
        FARM.answer("m1", "cp /srv/tandem/tandem.yaml /var/lib/tandem");
        Output up = FARM.tandem("m1", "up");
        assertThat(up.ok()).as(up.stderr()).isTrue();
    }

    private static void dies(String machine) {
        FARM.farm("dockerd", machine, "KILL");
        FARM.farm("wait", machine);
    }

    @Test
    @Order(1)
    void withoutLiveRestoreTheContainersStopForGood() {
        FARM.answer(
                "m2",
                "docker run -d --stop-timeout 1 --restart unless-stopped --network none --name lone"
                        + " --entrypoint sleep tandem/base:trixie 600");
        dies("m2");
        TestSite.await(
                "the engine stops what it finds",
                () -> FARM.answer("m2", "docker ps -aq -f status=exited").length() > 0);
        assertThat(FARM.answer("m2", "docker ps -q")).isEmpty();
    }

    @Test
    @Order(2)
    void doctorNamesItAndItsCureSetsItWithoutARestart() {
        String before = FARM.answer("m1", CONTAINERS);
        assertThat(before.lines()).hasSize(5);
        assertThat(FARM.tandem("m1", "doctor").stdout())
                .contains("RISK     crash of the engine", "live-restore is off", "setup/engine");
        FARM.answer(
                "m1", "mkdir -p /etc/docker; printf '{\\n  \"debug\": true\\n}\\n' >" + SETTINGS);

        Output setup = FARM.on("m1", SETUP + " --yes");

        assertThat(setup.ok()).as(setup.stderr()).isTrue();
        assertThat(setup.stderr())
                .contains("+  \"live-restore\": true,")
                .contains("containers go on when the engine ends: live-restore in " + SETTINGS);
        assertThat(FARM.answer("m1", "cat " + SETTINGS))
                .isEqualTo("{\n  \"live-restore\": true,\n  \"debug\": true\n}");
        assertThat(FARM.answer("m1", "cat " + SETTINGS + ".before-*"))
                .isEqualTo("{\n  \"debug\": true\n}");
        assertThat(FARM.answer("m1", CRASHES)).isEqualTo("true");
        assertThat(FARM.answer("m1", CONTAINERS)).isEqualTo(before);
        Output again = FARM.on("m1", SETUP + " --yes");
        assertThat(again.ok()).isTrue();
        assertThat(again.stderr()).as("there is nothing left to do").isEmpty();
    }

    @Test
    @Order(3)
    void withItADrillThatKillsTheEngineLosesNothingAndEverythingRunsOn() {
        String before = FARM.answer("m1", CONTAINERS);
        Output drill = FARM.tandem("m1", "drill engine-kill --yes --budget lost=0");

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isZero();
        assertThat(drill.stderr()).contains("with live-restore these should go on");
        assertThat(FARM.answer("m1", CONTAINERS)).isEqualTo(before);
        Output status = FARM.tandem("m1", "status");
        assertThat(status.exit()).as(status.stdout()).isZero();
    }

    /// Nobody reads their logs meanwhile: an Nginx whose log is full would wait.
    @Test
    @Order(4)
    void twentySecondsWithoutAnEngineLoseNothing() {
        FARM.farm("hold", "m1", "on");
        Output drill = FARM.tandem("m1", "drill engine-kill --yes --hold 20 --budget lost=0");

        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isZero();
        assertThat(FARM.tandem("m1", "status").exit()).isZero();
    }

    @Test
    @Order(5)
    void settingsThatAreNotUnderstoodOrNotToBeTouchedStay() {
        FARM.answer("m2", "mkdir -p /etc/docker; echo '{ \"debug\": true,' >" + SETTINGS);
        Output broken = FARM.on("m2", SETUP + " --yes");
        assertThat(broken.ok()).as("engine and Compose answer").isTrue();
        assertThat(broken.stderr()).contains("live-restore was not set", "is no JSON object");
        assertThat(FARM.answer("m2", "cat " + SETTINGS)).isEqualTo("{ \"debug\": true,");

        FARM.answer("m2", "rm " + SETTINGS);
        assertThat(FARM.on("m2", SETUP + " --yes --keep-settings").stderr()).isEmpty();
        assertThat(FARM.answer("m2", "ls /etc/docker")).doesNotContain("daemon.json");
    }

    @Test
    @Order(6)
    void whereSwarmIsActiveItIsRefusedAndSaid() {
        FARM.answer("m2", "docker swarm init --advertise-addr 192.168.0.12");
        Output swarm = FARM.on("m2", SETUP + " --yes");
        assertThat(swarm.ok()).as("engine and Compose answer").isTrue();
        assertThat(swarm.stderr()).contains("live-restore was not set: Docker Swarm is active");
        assertThat(FARM.answer("m2", "ls /etc/docker")).doesNotContain("daemon.json");
        assertThat(FARM.answer("m2", CRASHES)).isEqualTo("false");
        FARM.answer("m2", "docker swarm leave --force");
    }

    @Test
    @Order(7)
    void anEngineThatTheScriptStartsHasItToo() {
        FARM.farm("hold", "m2", "on");
        FARM.farm("dockerd", "m2", "TERM");
        TestSite.await("its engine is gone", () -> !FARM.on("m2", "pgrep -x dockerd").ok());

        Output started = FARM.on("m2", SETUP + " --yes");

        assertThat(started.ok()).as(started.stderr()).isTrue();
        assertThat(started.stderr()).contains(SETTINGS + " is to be, a new file");
        assertThat(FARM.answer("m2", CRASHES)).isEqualTo("true");
    }
}
