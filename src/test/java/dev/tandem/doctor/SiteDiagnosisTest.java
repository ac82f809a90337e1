package dev.tandem.doctor;

import static dev.tandem.doctor.Expected.diagnosis;
import static dev.tandem.doctor.Expected.ill;
import static dev.tandem.doctor.Expected.only;
import static dev.tandem.doctor.Expected.risk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.doctor.Finding.Severity;
import dev.tandem.doctor.InsideSeen.LookUp;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.Updates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The conclusions from the facts about the LAN, the VIP and the balancers, one fact at a time.
class SiteDiagnosisTest {
    private static final String A = DoctorCase.MAC_A;
    private static final String B = DoctorCase.MAC_B;
    private static final String STRANGER = "02:00:00:00:00:01";

    @Test
    void anotherGroupWithTheSitesRouterIdIsIllAndAFreeIdIsNamed() {
        DoctorCase one = new DoctorCase().heard("haproxy-a", "192.168.0.7 150 2 100 192.168.0.99");
        ill(one, "another VRRP group", "192.168.0.7 sends adverts of virtual router 150", "");

        String cure = only(one).cure();
        assertThat(cure).contains("router_id: 153").contains("tandem up");
    }

    @Test
    void neitherTheNamedIdNorTheTwoAfterItWereHeard() {
        DoctorCase one =
                new DoctorCase()
                        .heard(
                                "haproxy-a",
                                "192.168.0.7 150 2 100 10.0.0.1\n192.168.0.8 154 3 100 10.0.0.2");

        assertThat(only(one).cure()).contains("router_id: 155");
    }

    @Test
    void aGroupWithTheIdOfABeaconIsIllToo() {
        ill(
                new DoctorCase().heard("haproxy-b", "192.168.0.7 152 3 100 192.168.0.99"),
                "another VRRP group",
                "virtual router 152",
                "router_id: 153");
    }

    /// That of haproxy-b's own VIPs comes after the beacons, and then four must be free.
    @Test
    void aGroupWithTheIdOfABalancersOwnVipsIsIllToo() {
        ill(
                new DoctorCase()
                        .of(Sample.withVipOfSecond("192.168.0.170"))
                        .heard("haproxy-b", "192.168.0.7 153 3 100 192.168.0.99"),
                "another VRRP group",
                "virtual router 153",
                "router_id: 154    (it and the next 3 were not heard here)");
    }

    @Test
    void aGroupWithTheSitesVipIsIllWhateverItsId() {
        ill(
                new DoctorCase().heard("haproxy-b", "192.168.0.7 9 3 100 192.168.0.150"),
                "another VRRP group",
                "virtual router 9",
                "another vip.address");
    }

    @Test
    void aGroupWithAnotherIdIsOnlyMentioned() {
        DoctorCase one = new DoctorCase().heard("haproxy-b", "192.168.0.7 9 3 100 192.168.0.99");

        assertThat(diagnosis(one).findings()).allMatch(f -> f.severity() == Severity.WELL);
        assertThat(diagnosis(one).findings())
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.contains("others: 9 of 192.168.0.7"));
    }

    @Test
    void aContainerOfThisEngineIsNamed() {
        DoctorCase one = new DoctorCase().member("other-lb", STRANGER, "192.168.0.7");
        one.heard("haproxy-a", "192.168.0.7 150 2 100 192.168.0.99");

        assertThat(only(one).seen()).contains("(container other-lb of this engine)");
    }

    @Test
    void aCaThatMaySignForAnythingIsARisk() {
        risk(
                new DoctorCase().unlimitedAuthority(),
                "the site's CA",
                "tls/ca.pem may sign for any name",
                "remove tls/ca.pem and tls/ca.key");
    }

    @Test
    void missingSecurityUpdatesAreARiskAndNamed() {
        risk(
                new DoctorCase().image(new Updates.Known(true, List.of("nginx 1 → 2"))),
                "image tandem/web:1",
                "10 days old; 1 security update is missing: nginx 1 → 2",
                "tandem up --refresh");
    }

    @Test
    void anImageWithoutSecuritySourcesIsARisk() {
        risk(
                new DoctorCase().image(new Updates.Known(false, List.of())),
                "image tandem/web:1",
                "10 days old; trixie-security is not among its sources",
                "tandem up --refresh");
    }

    @Test
    void whatAptDoesNotSayIsUnknown() {
        assertThat(only(new DoctorCase().image(new Updates.Unknown("no network"))).severity())
                .isEqualTo(Severity.UNKNOWN);
        assertThat(diagnosis(new DoctorCase().image(new Updates.Known(true, List.of()))).findings())
                .extracting(Finding::seen)
                .contains("10 days old; no security update is missing");
    }

    @Test
    void aLanThatCouldNotBeListenedToIsUnknown() {
        Finding finding = only(new DoctorCase().notHeard("haproxy-b", "its image is too old"));

        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.seen()).isEqualTo("at haproxy-b: its image is too old");
    }

    @Test
    void aFullDiskInABalancerIsIllAndANearlyFullOneARisk() {
        ill(
                new DoctorCase().disk("/run", 100),
                "/run of haproxy-b",
                "it is full (100 %)",
                "docker exec tandem-haproxy-b du -ax /run");
        risk(new DoctorCase().disk("/", 91), "/ of haproxy-b", "it is 91 % full", "du -ax /");
        assertThat(diagnosis(new DoctorCase().disk("/", 89)).of(Severity.RISK)).isEmpty();
    }

    @Test
    void aStrangerThatAnswersForTheVipIsNamed() {
        DoctorCase one = new DoctorCase().seen("haproxy-b", B, Vrrp.BACKUP, List.of(A, STRANGER));
        ill(
                one,
                "foreign owner of the VIP",
                STRANGER + " answers ARP",
                "the switch's address table");

        one.member("other-lb", STRANGER, "192.168.0.7");
        ill(one, "foreign owner of the VIP", "(container other-lb", "docker stop other-lb");
    }

    @Test
    void aSplitBrainIsNamedWithBothAndWithWhatArrives() {
        DoctorCase one = splitBrain();
        one.heard("haproxy-a", "192.168.0.152 150 3 244 192.168.0.150");
        one.heard("haproxy-b", "");

        ill(
                one,
                "split brain",
                "haproxy-a (%s) and haproxy-b (%s) both answer ARP for 192.168.0.150"
                        .formatted(A, B),
                "IP protocol 112");
        assertThat(only(one).seen())
                .contains("The adverts of haproxy-b arrive at haproxy-a, which ignores them")
                .contains("No advert of haproxy-a arrives at haproxy-b");
        assertThat(only(one).cure())
                .contains("192.168.0.151 and 192.168.0.152")
                .contains("docker exec tandem-haproxy-a nft list ruleset")
                .contains("tandem logs haproxy-a haproxy-b");
    }

    private static DoctorCase splitBrain() {
        return new DoctorCase()
                .seen("haproxy-a", A, Vrrp.MASTER, List.of(B))
                .seen("haproxy-b", B, Vrrp.MASTER, List.of(A));
    }

    @Test
    void aFrozenBalancerWhoseKernelAnswersIsNotASplitBrain() {
        DoctorCase one = new DoctorCase().silent("haproxy-a", "paused");
        one.seen("haproxy-b", B, Vrrp.MASTER, List.of(A));

        ill(
                one,
                "two owners of the VIP",
                "haproxy-a itself is silent",
                "docker unpause tandem-haproxy-a");
    }

    @Test
    void aVipThatWasAddedByHandIsNotASplitBrain() {
        DoctorCase one = new DoctorCase();
        one.seen("haproxy-a", A, Vrrp.MASTER, List.of(B)).holds("haproxy-a", "eth1");
        one.seen("haproxy-b", B, Vrrp.BACKUP, List.of(A)).holds("haproxy-b", "eth1");

        ill(
                one,
                "two owners of the VIP",
                "haproxy-b is BACKUP: its address is not Keepalived's",
                "docker exec tandem-haproxy-b ip address del 192.168.0.150/32 dev eth1");
    }

    /// Its Keepalived is dead as well, or somebody has put the VIP there: nobody takes it off.
    @Test
    void anOwnerWhoseInitDoesNotRunIsNotASplitBrain() {
        DoctorCase one = new DoctorCase();
        one.seen("haproxy-b", B, Vrrp.MASTER, List.of(A));
        one.seen("haproxy-a", A, Vrrp.UNKNOWN, List.of(B)).holds("haproxy-a", "eth1");
        one.stopped("haproxy-a", Duration.ofSeconds(12));

        Finding vip =
                diagnosis(one).findings().stream()
                        .filter(finding -> finding.about().equals("two owners of the VIP"))
                        .findFirst()
                        .orElseThrow();

        assertThat(vip.seen()).contains("the init of haproxy-a has not run for 12 s");
        assertThat(vip.cure())
                .startsWith("docker kill -s CONT tandem-haproxy-a")
                .contains("docker restart tandem-haproxy-a");
    }

    @Test
    void aVipThatDoesNotAnswerIsIll() {
        DoctorCase one = new DoctorCase();
        one.seen("haproxy-a", A, Vrrp.FAULT, List.of());
        one.seen("haproxy-b", B, Vrrp.FAULT, List.of());

        ill(one, "VIP", "nobody answers for 192.168.0.150", "tandem status");
    }

    @Test
    void whatTheHandOverNeedsInsideABalancerIsChecked() {
        ill(
                new DoctorCase().inside("haproxy-a", 0, 2),
                "hand-over of haproxy-a",
                "arp_ignore is 0",
                "tandem up");
        InsideSeen bare = new InsideSeen(1, 2, false, new LookUp(true, 1), Map.of());
        ill(
                new DoctorCase().inside("haproxy-b", bare),
                "hand-over of haproxy-b",
                "not on lo",
                "tandem logs haproxy-b");
    }

    @Test
    void namesThatAreSlowOrNotFoundAreReported() {
        InsideSeen slow = new InsideSeen(1, 2, true, new LookUp(false, 5004), Map.of());
        risk(
                new DoctorCase().inside("haproxy-a", slow),
                "own name of haproxy-a",
                "5.0 s",
                "resolv.conf");

        Map<String, LookUp> names = Map.of("shop.example.org", new LookUp(false, 40));
        InsideSeen lost = new InsideSeen(1, 2, true, new LookUp(true, 1), names);
        ill(
                new DoctorCase().inside("haproxy-a", lost),
                "shop.example.org, as haproxy-a looks it up",
                "not found",
                "resolv.conf");
    }
}
