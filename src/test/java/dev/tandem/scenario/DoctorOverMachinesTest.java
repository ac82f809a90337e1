package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `doctor` finds of a site on three machines, one of them by a user without root: between
/// them, and of those that are silent. The last test takes machines away for good.
@Tag("containers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorOverMachinesTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final List<String> MACHINES = List.of("m1", "m2", "m3");
    private static final String FILE =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: root@192.168.0.12}
              m3: {ssh: bob@192.168.0.13}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}, web-c: {machine: m3}}
            """;

    /// Adverts to m2 are dropped before its nodes have them.
    private static final String DROPS =
            "table netdev lan { chain in { type filter hook ingress device ens33 priority 0; ip"
                    + " protocol 112 drop; }; }";

    private static Path base() {
        return FARM.directory().resolve("site");
    }

    @BeforeAll
    static void aSite() throws IOException {
        Files.createDirectories(base());
        Files.writeString(base().resolve("tandem.yaml"), FILE);
        Output rendered = tandem("render");
        assertThat(rendered.ok()).as(rendered.stderr()).isTrue();
        for (String machine : MACHINES) {
            String from = base().resolve(".tandem/tandem/machines/" + machine).toString();
            Shell.answer("cp", "-a", from, FARM.directory() + "/" + machine + "/tandem/tandem");
        }
        MACHINES.parallelStream()
                .forEach(one ->
                        FARM.answer(one, "cd /var/lib/tandem/tandem && docker compose up -d"));
        TestSite.await("all nodes serve", () -> !tandem("status").stdout().contains("not well"));
    }

    /// On the LAN, as a controller that is none of the machines.
    private static Output tandem(String arguments) {
        return FARM.called(base(), arguments);
    }

    /// The same, as a user types it.
    private static Output typed(String arguments) {
        return Shell.run(Shell.HOME, FARM.typed(base(), arguments).toArray(String[]::new));
    }

    private static String doctor() {
        return unfolded(tandem("doctor"));
    }

    /// What it says, however its tables were folded.
    private static String unfolded(Output doctor) {
        return doctor.stdout().replaceAll("\\s+", " ");
    }

    @Test
    @Order(1)
    void ofAWellSiteEverythingBetweenTheMachinesIsMeasured() {
        String doctor = doctor();

        assertThat(doctor).startsWith("site tandem, on m1, m2, m3 ");
        for (String one : MACHINES) {
            assertThat(doctor)
                    .contains(" " + one + ": Docker engine version ")
                    .contains(" " + one + ": capabilities a container gets everything it needs")
                    .contains(" " + one + ": macvlan the kernel has it")
                    .contains(" " + one + ": disk of /var/lib/docker ")
                    .contains("RISK " + one + ": crash of the engine seen: live-restore is off")
                    .contains(" " + one + ": port security its port takes other MAC addresses")
                    .contains(" " + one + ": mtu packets of full size (1500 bytes) pass to m");
        }
        assertThat(doctor)
                .contains(" clocks m1, m2, m3: within ")
                .contains(" same images the machines run images of the same ids")
                .contains("adverts pass: haproxy-b → haproxy-a, haproxy-a → haproxy-b")
                .contains(" VIP haproxy-a alone answers for 192.168.0.150")
                .contains(" hand-over of haproxy-b its sysctls are set")
                .contains("overlaps nothing else of its machines")
                .doesNotContain("ILL m", "UNKNOWN m");
    }

    @Test
    @Order(2)
    void statusOfThreeMachinesTakesAMoment() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            assertThat(typed("status").stdout()).contains("m3 ");
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
        System.out.printf("status of 3 machines over ssh: %s ms%n", millis);
        assertThat(millis).anyMatch(one -> one < 5000);
    }

    /// Why there is no key for it.
    @Test
    @Order(2)
    void dockersMacvlanTakesNoMtuButThatOfItsInterface() {
        String options = "-o parent=br9 -o com.docker.network.driver.mtu=1400";
        FARM.answer("m3", "ip link add br9 type bridge && ip link set br9 up");
        FARM.answer(
                "m3",
                "docker network create -d macvlan --subnet 10.9.0.0/24 %s nine".formatted(options));
        String look = "docker run --rm --network nine --entrypoint cat %s /sys/class/net/eth0/mtu";
        assertThat(FARM.answer("m3", look.formatted(image()))).isEqualTo("1500");
        FARM.answer("m3", "ip link set br9 mtu 1400");
        assertThat(FARM.answer("m3", look.formatted(image()))).isEqualTo("1400");
        FARM.answer("m3", "docker network rm nine && ip link delete br9");
    }

    private static String image() {
        return FARM.answer("m2", "docker inspect -f {{.Config.Image}} tandem-haproxy-b");
    }

    @Test
    @Order(3)
    void whatIsInTheWayBetweenThemIsNamedWithItsCure() {
        String doctor;
        try {
            FARM.farm("lan", "ip", "link", "set", "m3", "mtu", "1400");
            onePortTakesOneMacAddress("m1");
            nft("m2", DROPS);
            FARM.answer("m3", "iptables -A INPUT -p 112 -j DROP");
            doctor = doctor();
        } finally {
            FARM.farm("lan", "ip", "link", "set", "m3", "mtu", "1500");
            FARM.farm("lan", "bridge", "link", "set", "dev", "m1", "locked", "off");
            nft("m2", "delete table netdev lan");
            FARM.answer("m3", "iptables -D INPUT -p 112 -j DROP");
        }
        assertThat(doctor)
                .contains("ILL m1: port security seen: asked from its own MAC address, m2 and m3")
                .contains("can be heard on ens33; asked from that of haproxy-a, not")
                .contains("forged transmits")
                .contains("m2: port security its port takes other MAC addresses")
                .contains(
                        "ILL m1: mtu seen: its interface ens33 sends packets of 1500 bytes; to"
                                + " m3 pass at most 1400")
                .contains("ip link set ens33 mtu 1400")
                .contains("no advert of haproxy-a (m1) arrives at haproxy-b (m2)")
                .contains("ILL m2: packet filter seen: netdev lan drops IP protocol 112 on ens33")
                .contains("cure: on m2: nft insert rule netdev lan in ip protocol 112 accept")
                .contains("RISK m3: packet filter seen: it drops IP protocol 112")
                .contains("iptables -I INPUT -p 112 -s 192.168.0.0/24 -j ACCEPT");
        TestSite.await(
                "haproxy-a is master again",
                () -> tandem("status").stdout().contains("held by haproxy-a\n"));
    }

    /// As port security does: of that port, one MAC address is known, and no other one is learned.
    private static void onePortTakesOneMacAddress(String machine) {
        String mac = FARM.answer(machine, "cat /sys/class/net/ens33/address");
        FARM.farm("lan", "bridge", "link", "set", "dev", machine, "locked", "on");
        FARM.farm("lan", "bridge", "fdb", "replace", mac, "dev", machine, "master", "static");
        String learned = FARM.farm("lan", "sh", "-c", "bridge fdb show br br-lan dev " + machine);
        Matcher line = Pattern.compile("(?m)^(\\S+) (?!.*(?:permanent|static)).*").matcher(learned);
        while (line.find()) {
            FARM.farm("lan", "bridge", "fdb", "del", line.group(1), "dev", machine, "master");
        }
    }

    /// With the program of the image: the machine may have none.
    private static void nft(String machine, String rules) {
        String run = "docker run --rm --network host --cap-add NET_ADMIN --entrypoint nft";
        FARM.answer(machine, "%s %s '%s'".formatted(run, image(), rules));
    }

    @Test
    @Order(4)
    void eachSilentMachineIsNamedInTimeAndTheRestGoesOn() {
        FARM.farm("off", "m1");
        FARM.farm("dockerd", "m2", "STOP");
        try {
            Output doctor =
                    typed("doctor 2> >(while read -r line; do echo \"$SECONDS $line\"; done >&2)");
            String said = unfolded(doctor);
            assertThat(doctor.exit()).as(said + doctor.stderr()).isEqualTo(1);
            assertThat(doctor.stderr().lines())
                    .filteredOn(line -> line.matches("\\d m1: .*; next: ping .*"))
                    .hasSize(1);
            assertThat(doctor.stderr().lines())
                    .filteredOn(line -> line.matches("\\d m2: its dockerd takes .*; next: ssh .*"))
                    .hasSize(1);
            assertThat(said)
                    .contains("ILL m1: silent seen: ")
                    .contains("cure: ping -c 3 192.168.0.11; then: ssh root@192.168.0.11 true")
                    .contains("ILL m2: silent seen: its dockerd takes questions and answers none")
                    .contains("cure: ssh root@192.168.0.12 systemctl restart docker")
                    .contains(" m3: Docker engine version ")
                    .contains(" m3: capabilities a container gets everything it needs");
        } finally {
            FARM.farm("dockerd", "m2", "CONT");
        }
    }
}
