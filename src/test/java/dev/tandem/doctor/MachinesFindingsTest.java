package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.EngineInfo.Crash;
import dev.tandem.docker.Unreachable.Why;
import dev.tandem.doctor.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The conclusions from the facts about a site on two machines, one fact at a time.
class MachinesFindingsTest {
    private static List<Finding> bad(MachinesCase one) {
        return one.diagnosis().findings().stream()
                .filter(f -> f.severity() != Severity.WELL)
                .toList();
    }

    private static Finding only(MachinesCase one) {
        List<Finding> found = bad(one);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static void found(
            Severity severity, MachinesCase one, String where, String seen, String cure) {
        Finding finding = only(one);
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.where()).isEqualTo(where);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.why()).isNotBlank();
        assertThat(finding.cure()).contains(cure);
    }

    private static void ill(MachinesCase one, String where, String seen, String cure) {
        found(Severity.ILL, one, where, seen, cure);
        assertThat(one.diagnosis().good()).isFalse();
    }

    private static void risk(MachinesCase one, String where, String seen, String cure) {
        found(Severity.RISK, one, where, seen, cure);
        assertThat(one.diagnosis().good()).isTrue();
    }

    @Test
    void whereAllIsWellEachSectionIsThereOfEachMachine() {
        Diagnosis well = new MachinesCase().diagnosis();

        assertThat(bad(new MachinesCase())).isEmpty();
        assertThat(well.site()).contains("tandem");
        assertThat(well.machines()).containsExactly("m1", "m2");
        assertThat(well.findings())
                .extracting(Finding::where)
                .contains("m1: Docker engine", "m2: Docker engine")
                .contains("m1: nftables: dup", "m2: capabilities", "m2: macvlan")
                .contains("m1: disk of /var/lib/docker", "m2: memory", "m2: clock")
                .contains("m1: crash of the engine", "m1: port security", "m2: mtu")
                .contains("Compose", "clocks", "same images", "VRRP between machines", "VIP")
                .doesNotHaveDuplicates();
    }

    @Test
    void aSilentMachineIsNamedWithItsReasonAndTheRestGoesOn() {
        MachinesCase off =
                new MachinesCase().silent("m1", Why.OFF, "no machine has its address", "ping m1");
        Finding first = bad(off).getFirst();

        assertThat(first.where()).isEqualTo("m1: silent");
        assertThat(first.severity()).isEqualTo(Severity.ILL);
        assertThat(first.seen()).isEqualTo("no machine has its address");
        assertThat(first.cure()).isEqualTo("ping m1");
        assertThat(off.diagnosis().findings())
                .extracting(Finding::where)
                .contains("m2: Docker engine", "m2: clock")
                .doesNotContain("m1: Docker engine");
        assertThat(bad(off))
                .as("what cannot be asked is not known")
                .anyMatch(f ->
                        f.where().equals("m2: way on the LAN") && f.severity() == Severity.UNKNOWN);
    }

    @Test
    void whereNoMachineAnswersOnlyThatIsSaid() {
        MachinesCase off =
                new MachinesCase()
                        .silent("m1", Why.OFF, "off", "ping m1")
                        .silent("m2", Why.DENIED, "denied", "ssh-copy-id m2");

        assertThat(bad(off)).extracting(Finding::where).containsExactly("m1: silent", "m2: silent");
    }

    @Test
    void theEngineOfEachMachineIsJudged() {
        ill(new MachinesCase().engine("m2", "19.03.8"), "m2: Docker engine", "19.03.8", "setup");
        risk(
                new MachinesCase().crash("m1", Crash.STOP),
                "m1: crash of the engine",
                "live-restore is off",
                "on it: setup/engine");
        risk(
                new MachinesCase().crash("m2", Crash.STOP_FOR_SWARM),
                "m2: crash of the engine",
                "Docker Swarm, which excludes it, is active",
                "docker swarm leave");
        ill(
                new MachinesCase().free("m2", 5 << 20),
                "m2: disk of /var/lib/docker",
                "5 MiB of 100.0 GiB free",
                "docker system df");
    }

    @Test
    void aClockThatIsOffIsMeasured() {
        risk(
                new MachinesCase().ahead("m2", Duration.ofMillis(4200)),
                "m2: clocks",
                "it is 4.2 s ahead of this machine's, measured within 0.04 s; m1: +0.003 s",
                "chrony");
        risk(
                new MachinesCase().ahead("m1", Duration.ofSeconds(-90)),
                "m1: clocks",
                "it is 90.0 s behind this machine's",
                "chrony");
        assertThat(bad(new MachinesCase().ahead("m1", Duration.ofMillis(1030))))
                .as("not surely more than a second")
                .isEmpty();
    }

    @Test
    void imagesOfOneNameAndAnotherIdAreTold() {
        risk(
                new MachinesCase().image("m2", "sha256:fedcba9876543210"),
                "same images",
                "m1 runs tandem/balancer:1 (0123456789ab); m2 runs tandem/balancer:1"
                        + " (fedcba987654)",
                "tandem up");
    }

    @Test
    void aMachineWithoutTheInterfaceIsNamed() {
        ill(
                new MachinesCase()
                        .obstacle(
                                "machines.m1.interface",
                                "on m1: this host has no interface eno9",
                                "interfaces that can carry the LAN: ens33"),
                "machines.m1.interface",
                "on m1: this host has no interface eno9",
                "ens33");
    }

    @Test
    void aPortThatTakesOneMacAddressIsRecognized() {
        ill(
                new MachinesCase().lan("m1", "other 192.168.0.12 yes", "other 192.168.0.12 no"),
                "m1: port security",
                "asked from its own MAC address, m2 can be heard on ens33; asked from that of"
                        + " haproxy-a, not",
                "forged transmits");
    }

    @Test
    void whatIsCutIsNotTakenForPortSecurity() {
        MachinesCase cut =
                new MachinesCase().lan("m1", "(?s)own 192.168.0.12 yes.*", "own 192.168.0.12 no\n");
        ill(
                cut,
                "m1: way on the LAN",
                "nobody on ens33 answers ARP for 192.168.0.12, the address of m2",
                "ping -c 3 192.168.0.12");
    }

    @Test
    void aWayThatCarriesLessThanBothEndsIsMeasured() {
        ill(
                new MachinesCase().lan("m1", "size 192.168.0.12 1500", "size 192.168.0.12 1450"),
                "m1: mtu",
                "its interface ens33 sends packets of 1500 bytes; to m2 pass at most 1450",
                "ip link set ens33 mtu 1450");
    }

    @Test
    void interfacesThatDifferAreARisk() {
        risk(
                new MachinesCase().lan("m1", "mtu 1500", "mtu 9000"),
                "mtu",
                "m1 9000, m2 1500",
                "mtu NUMBER");
    }

    @Test
    void whoDoesNotAnswerPingIsUnknown() {
        Finding finding =
                only(new MachinesCase().lan("m2", "size 192.168.0.11 1500", "size 192.168.0.11 0"));
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.cure()).isEqualTo("on m2: ping -c 1 -M do -s 1472 192.168.0.11");
    }

    @Test
    void advertsThatDoNotArriveAreTold() {
        ill(
                new MachinesCase().heard("haproxy-b", "192.168.0.7 9 3 100 10.0.0.1"),
                "VRRP between machines",
                "no advert of haproxy-a (m1) arrives at haproxy-b (m2), within 3.5 s",
                "let IP protocol 112 pass from 192.168.0.151 to 192.168.0.152");
    }

    @Test
    void theFilterThatDropsThemIsNamedWithTheCommandAgainstIt() {
        MachinesCase one =
                new MachinesCase()
                        .heard("haproxy-b", "")
                        .filter(
                                "m2",
                                """
                                table netdev lan {
                                  chain in {
                                    type filter hook ingress device "ens33" priority 0; policy accept;
                                    ip protocol 112 drop
                                  }
                                }
                                """);
        assertThat(bad(one))
                .extracting(Finding::where)
                .containsExactlyInAnyOrder("VRRP between machines", "m2: packet filter");
        assertThat(bad(one))
                .extracting(Finding::cure)
                .containsOnly("on m2: nft insert rule netdev lan in ip protocol 112 accept");
    }

    @Test
    void aFilterOfTheMachineItselfIsARiskAsLongAsNoAdvertWasSeen() {
        String ufw =
                """
                table ip filter {
                  chain ufw-before-input {
                  }
                  chain INPUT {
                    type filter hook input priority 0; policy drop;
                  }
                }
                """;
        assertThat(bad(new MachinesCase().filter("m2", ufw)))
                .as("adverts arrive all the same")
                .isEmpty();
        assertThat(bad(new MachinesCase().absent().filter("m2", ufw)))
                .anyMatch(f ->
                        f.severity() == Severity.RISK
                                && f.where().equals("m2: packet filter")
                                && f.cure().equals("ufw allow proto vrrp from 192.168.0.0/24"));
    }

    @Test
    void beforeTheSiteRunsAMacAddressIsMadeUp() {
        MachinesCase one =
                new MachinesCase()
                        .absent()
                        .lan("m2", "other 192.168.0.11 yes", "other 192.168.0.11 no");
        assertThat(bad(one))
                .filteredOn(f -> f.severity() == Severity.ILL)
                .singleElement()
                .satisfies(f -> assertThat(f.seen()).contains("asked from another one, not"));
    }

    @Test
    void whatWasNotSeenOfTheLanIsUnknown() {
        Finding finding = only(new MachinesCase().lanUnknown("m1", "the image is not there yet"));
        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.machine()).isEqualTo(Optional.of("m1"));
    }
}
