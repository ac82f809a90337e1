package dev.tandem.doctor;

import static dev.tandem.doctor.Expected.diagnosis;
import static dev.tandem.doctor.Expected.ill;
import static dev.tandem.doctor.Expected.only;
import static dev.tandem.doctor.Expected.risk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.EngineInfo.Crash;
import dev.tandem.doctor.Finding.Severity;
import dev.tandem.doctor.MachineSeen.Need;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.render.Renderer;
import dev.tandem.render.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The conclusions from the facts, one fact at a time.
class DiagnosisTest {

    @Test
    void aHealthySiteHasOnlyGoodFindings() {
        Diagnosis diagnosis = diagnosis(new DoctorCase());

        assertThat(diagnosis.findings()).allMatch(f -> f.severity() == Severity.WELL);
        assertThat(diagnosis.findings()).hasSizeGreaterThan(15);
        assertThat(diagnosis.good()).isTrue();
    }

    @Test
    void theWorstComesFirst() {
        DoctorCase one = new DoctorCase().processors(1).openFault("packet-loss");
        one.notHeard("haproxy-a", "no answer");

        assertThat(diagnosis(one).findings())
                .extracting(Finding::severity)
                .startsWith(Severity.ILL, Severity.RISK, Severity.UNKNOWN, Severity.WELL);
    }

    @Test
    void aUserWithoutTheGroupDockerIsToldTheCommand() {
        String said =
                "Docker did not answer: permission denied while trying to connect to the Docker"
                        + " daemon socket at unix:///var/run/docker.sock";
        Diagnosis diagnosis = diagnosis(new DoctorCase().silentEngine(said));
        String user = System.getProperty("user.name");
        assertThat(diagnosis.of(Severity.ILL))
                .extracting(Finding::cure)
                .singleElement()
                .asString()
                .contains("sudo usermod -aG docker " + user + " && newgrp docker", "sudo tandem")
                .doesNotContain("setup/engine");
    }

    @Test
    void aSilentEngineIsReportedOnce() {
        Diagnosis diagnosis = diagnosis(new DoctorCase().silentEngine());

        assertThat(diagnosis.of(Severity.ILL))
                .extracting(Finding::about)
                .containsExactly("Docker engine");
        assertThat(diagnosis.of(Severity.UNKNOWN))
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.startsWith("not checked without it"));
        assertThat(diagnosis.of(Severity.WELL))
                .as("nothing that the engine was needed for")
                .extracting(Finding::about)
                .noneMatch(about -> about.contains("VIP") || about.contains("VRRP"));
    }

    @Test
    void anEngineOrComposeThatIsTooOldIsIll() {
        ill(new DoctorCase().engine("19.03.8"), "Docker engine", "19.03.8", "setup/engine");
        ill(new DoctorCase().compose(Optional.empty()), "Compose", "no Compose", "setup/engine");
        ill(new DoctorCase().compose(Optional.of("2.2.3")), "Compose", "2.19", "setup/engine");
        assertThat(diagnosis(new DoctorCase().compose(Optional.of("v5.1.0"))).good()).isTrue();
    }

    @Test
    void anEngineWithoutIptablesOrForwardingIsARisk() {
        risk(
                new DoctorCase().withoutIptables(),
                "iptables",
                "no iptables command",
                "apt-get install");
        risk(
                new DoctorCase().warning("WARNING: IPv4 forwarding is disabled"),
                "forwarding",
                "disabled",
                "net.ipv4.ip_forward=1");
    }

    @Test
    void anEngineThatTakesItsContainersWithItIsARisk() {
        String about = "crash of the engine";
        risk(new DoctorCase().crash(Crash.STOP), about, "live-restore is off", "setup/engine");
        risk(new DoctorCase().crash(Crash.STOP_FOR_SWARM), about, "Swarm", "tandem up");
    }

    @Test
    void clocksThatDisagreeAreARisk() {
        risk(
                new DoctorCase().ahead(Duration.ofSeconds(-90)),
                "clock of the engine",
                "90 s behind",
                "timedatectl");
        risk(new DoctorCase().kernel("clock", "free"), "clock", "no program", "chrony");
        risk(
                new DoctorCase().written(DoctorCase.NOW.plusSeconds(86400)),
                "clock",
                "2026-11-23T12:00:00Z",
                "timedatectl");
    }

    @Test
    void aClockThatNothingSynchronisesIsUnknown() {
        Finding finding = only(new DoctorCase().kernel("clock", "unknown"));

        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(diagnosis(new DoctorCase().kernel("clock", "unknown")).good()).isTrue();
    }

    @Test
    void capabilitiesThatTheEngineCannotGiveAreNamed() {
        ill(
                new DoctorCase().lacking("SYS_NICE", "NET_ADMIN"),
                "capabilities",
                "SYS_NICE, NET_ADMIN",
                "CapabilityBoundingSet");
    }

    @Test
    void aKernelWithoutWhatTheHandOverNeedsIsIll() {
        ill(
                new DoctorCase().kernel("socket_wildcard", "Error: syntax error"),
                "nftables: socket wildcard",
                "syntax error",
                "handover: off");
        ill(new DoctorCase().kernel("dup", "No such file"), "nftables: dup", "No such", "nft_dup");
    }

    @Test
    void macvlanIsCheckedWhenTheLanNeedsIt() {
        DoctorCase bridge = new DoctorCase().kernel("macvlan", "Operation not supported");
        assertThat(diagnosis(bridge).good()).isTrue();

        ill(bridge.on(macvlan()), "macvlan", "not supported", "modprobe macvlan");
    }

    private static Lan macvlan() {
        return new Lan.Macvlan("ens33", Optional.empty(), Optional.of(Ip4.of("192.168.0.17")));
    }

    @Test
    void aKernelThatMayLeakSocketsIsARiskAndAFixedOneIsNot() {
        for (String leaky : List.of("5.15.167", "6.1.110", "6.6.51-x", "6.10.10", "6.8.0-49")) {
            risk(new DoctorCase().kernel("release", leaky), "kernel", "older", "tw_sock_TCP");
        }
        for (String good : List.of("5.15.168", "6.1.111", "6.6.52", "6.10.11", "6.11", "6.18.4")) {
            assertThat(diagnosis(new DoctorCase().kernel("release", good)).of(Severity.RISK))
                    .isEmpty();
        }
    }

    @Test
    void debiansKernelIsIdentifiedByItsBuildAndNotItsRelease() {
        DoctorCase debian = new DoctorCase().kernel("release", "6.1.0-28-amd64");

        assertThat(
                        diagnosis(debian.kernel("build", "#1 SMP Debian 6.1.119-1 (2024-11-22)"))
                                .of(Severity.RISK))
                .isEmpty();
        risk(
                debian.kernel("build", "#1 SMP Debian 6.1.106-3 (2024-08-26)"),
                "kernel",
                "6.1.106",
                "");
    }

    @Test
    void aFullDiskIsIllAndANearlyFullOneARisk() {
        String docker = "disk of /var/lib/docker";
        ill(new DoctorCase().disk(Need.ENGINE, 900L << 20, 9_999_999), docker, "900 MiB", "prune");
        ill(new DoctorCase().disk(Need.ENGINE, 50L << 30, 12), docker, "12 files", "prune");
        risk(new DoctorCase().disk(Need.ENGINE, 3L << 30, 9_999_999), docker, "3.0 GiB", "prune");
        ill(
                new DoctorCase().disk(Need.SITE, 1 << 20, 5000),
                "disk of /srv/site",
                "1 MiB",
                "du -xh");
    }

    @Test
    void oneProcessorIsARisk() {
        risk(new DoctorCase().processors(1), "processors", "one", "failover: steady");
    }

    @Test
    void expiredCertificatesAreIllAndExpiringOnesARisk() {
        String site = "balancer/site.pem";
        ill(
                new DoctorCase().certificate(site, "2026-11-21T00:00:00Z"),
                "certificate",
                "tls/balancer/site.pem expired",
                "tandem up renews it");
        risk(
                new DoctorCase().certificate(site, "2026-12-02T12:00:00Z"),
                "certificate",
                "in 10 days",
                "tandem up renews it");
        ill(
                new DoctorCase().certificate(site, "2026-11-23T00:00:00Z", "2028-01-01T00:00:00Z"),
                "certificate",
                "only valid from 2026-11-23T00:00:00Z",
                "date -u");
        ill(
                new DoctorCase().brokenCertificate("ca.pem", "there is no certificate in it"),
                "certificate",
                "tls/ca.pem",
                "tandem up");
    }

    @Test
    void obstaclesAreReportedWithTheirHints() {
        ill(
                new DoctorCase().obstacle("network.subnet", "overlaps eth0", "choose another"),
                "network.subnet",
                "overlaps eth0",
                "choose another");
    }

    @Test
    void aLanThatCouldNotBeAskedIsNotFree() {
        Finding finding = only(new DoctorCase().lanNotAsked("ens33 is down"));

        assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(finding.seen()).isEqualTo("ens33 is down");
    }

    @Test
    void aFaultThatADrillLeftOpenIsIll() {
        ill(new DoctorCase().openFault("packet-loss"), "drills", "packet-loss", "tandem status");
    }

    @Test
    void logsWithoutABoundAreARisk() {
        risk(
                new DoctorCase().endlessLogs("own-nginx"),
                "logs of containers",
                "own-nginx: has no bound (json-file without max-size)",
                "daemon.json");
        assertThat(
                        Diagnosis.of(
                                        new DoctorCase()
                                                .endlessLogs("a", "b", "c", "d", "e", "f", "g")
                                                .facts())
                                .of(Severity.RISK))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.seen()).startsWith("a, b, c, d, e and 2 more: have"));
    }

    @Test
    void containersOfASiteThatIsGoneAreARisk() {
        risk(
                new DoctorCase().leftover("old", "/srv/old/.tandem/old", "old-haproxy-a"),
                "leftovers of site old",
                "old-haproxy-a, and its directory /srv/old/.tandem/old is gone",
                "docker compose --project-name old down");
    }

    @Test
    void aSiteThatIsNotUpIsUnknownAndNotIll() {
        Diagnosis diagnosis = diagnosis(new DoctorCase().absent());

        assertThat(diagnosis.good()).isTrue();
        assertThat(diagnosis.of(Severity.UNKNOWN))
                .extracting(Finding::about)
                .containsExactly("balancers");
    }

    @Test
    void withoutASiteOnlyTheMachineIsExamined() {
        Facts all = new DoctorCase().facts();
        Diagnosis diagnosis =
                Diagnosis.of(
                        new Facts(
                                all.machine(),
                                all.engine(),
                                all.capabilities(),
                                all.kernel(),
                                all.leftovers(),
                                all.endlessLogs(),
                                Optional.empty()));

        assertThat(diagnosis.site()).isEmpty();
        assertThat(diagnosis.findings()).allMatch(f -> f.severity() == Severity.WELL);
    }

    @Test
    void anUnknownFactNeverCountsAsWell() {
        Facts all = new DoctorCase().facts();
        Facts blind =
                new Facts(
                        all.machine(),
                        all.engine(),
                        new Answer.Unknown<>("not asked"),
                        new Answer.Unknown<>("not asked"),
                        new Answer.Unknown<>("not asked"),
                        new Answer.Unknown<>("not asked"),
                        all.site());

        assertThat(Diagnosis.of(blind).of(Severity.UNKNOWN))
                .extracting(Finding::about)
                .containsExactlyInAnyOrder(
                        "capabilities",
                        "kernel",
                        "clock",
                        "logs of containers",
                        "leftovers of other sites");
    }

    @Test
    void theCheckedCapabilitiesAreThoseOfComposeYaml() {
        Setting setting =
                new Setting(new Lan.Bridge(), new Setting.Images("balancer:1", "web:1"), "..", "0");
        String compose =
                Objects.requireNonNull(
                        Renderer.render(DoctorCase.customers(), setting)
                                .files()
                                .get("compose.yaml"));

        assertThat(KernelLook.NEEDED.keySet())
                .allMatch(name -> compose.matches("(?s).*[^A-Z_]" + name + "[^A-Z_].*"));
        Matcher words = Pattern.compile("\\b[A-Z]+(_[A-Z]+)*\\b").matcher(caps(compose));
        assertThat(words.results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(KernelLook.NEEDED.keySet());
    }

    /// Only the lists of capabilities, without the comments about them.
    private static String caps(String compose) {
        return compose.lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> line.startsWith("cap_add: [") || line.matches("- [A-Z_]+"))
                .map(line -> line.replace("cap_add", ""))
                .collect(Collectors.joining(" "));
    }
}
