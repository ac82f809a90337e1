package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Container;
import dev.tandem.health.CertificateTerm;
import dev.tandem.health.Health;
import dev.tandem.health.Lack;
import dev.tandem.health.Observed;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.MachineHeard;
import dev.tandem.observe.Placement;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.Sample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `status` says of a site on two machines: `haproxy-a` and `web-a` on m1, the others on m2.
class MachinesStatusTest {
    private static final Site SITE = Sample.spread();
    private static final MachineHeard.Silent OFF =
            new MachineHeard.Silent("off", "it is off", "ping -c 3 192.168.0.11");

    private static MachineHeard has(String... services) {
        return new MachineHeard.Answered(
                Stream.of(services).map(name -> Sample.container(name, "running", "1")).toList());
    }

    private static final MachineHeard M1 = has("haproxy-a", "web-a", "lan-route");
    private static final MachineHeard M2 = has("haproxy-b", "web-b", "lan-route");

    private static Health health(MachineHeard m1, MachineHeard m2, BalancerSeen a, BalancerSeen b) {
        SequencedMap<String, MachineHeard> machines = new LinkedHashMap<>();
        machines.put("m1", m1);
        machines.put("m2", m2);
        Map<String, Container> containers = new LinkedHashMap<>();
        machines.values().stream()
                .flatMap(one ->
                        one instanceof MachineHeard.Answered(List<Container> all)
                                ? all.stream()
                                : Stream.of())
                .forEach(one -> containers.putIfAbsent(one.service(), one));
        Snapshot snapshot =
                new Snapshot(
                        containers,
                        Map.of("haproxy-a", a, "haproxy-b", b),
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        new Placement(SITE.places(), machines));
        return Health.of(
                new Observed(
                        SITE,
                        Orders.NONE,
                        snapshot,
                        Optional.empty(),
                        Optional.empty(),
                        new CertificateTerm("", Instant.EPOCH)));
    }

    private static Health usual(MachineHeard m1, MachineHeard m2) {
        return health(m1, m2, Sample.master(), Sample.backup());
    }

    /// Its balancer's VIP has gone to the peer.
    private static Health withoutM1() {
        BalancerSeen.Answered b = Sample.backup();
        BalancerSeen.Answered master =
                new BalancerSeen.Answered(
                        Vrrp.MASTER,
                        b.since(),
                        true,
                        true,
                        b.mac(),
                        List.of(),
                        b.loaded(),
                        b.standing(),
                        b.servers());
        return health(OFF, M2, new BalancerSeen.Silent("m1 is silent"), master);
    }

    private static List<String> sentences(Health health) {
        return health.lacks().stream().map(Lack::sentence).toList();
    }

    @Test
    void whereAllAnswersAllIsWell() {
        assertThat(usual(M1, M2).lacks()).isEmpty();
        assertThat(StatusText.of(usual(M1, M2), RunImages.NONE))
                .contains(
                        """
                        MACHINE  REACHED BY              ENGINE
                        m1       ssh: root@192.168.0.11  answers
                        m2       ssh: root@192.168.0.12  answers

                        BALANCER   MACHINE  VRRP    HAPROXY  ADDRESS        CONTAINER
                        haproxy-a  m1       MASTER  serves   192.168.0.151  running
                        haproxy-b  m2       BACKUP  serves   192.168.0.152  running

                        WEB SERVER  MACHINE  BY haproxy-a  BY haproxy-b  ADDRESS        CONTAINER
                        web-a       m1       UP            UP            192.168.0.161  running
                        web-b       m2       UP            UP            192.168.0.162  running
                        """);
    }

    @Test
    void aSilentMachineIsNotWellAndItsNodesAreUnknown() {
        assertThat(sentences(withoutM1()))
                .containsExactly(
                        "m1: its engine did not answer: it is off; ping -c 3 192.168.0.11",
                        "haproxy-a: unknown: m1 is silent",
                        "web-a: unknown: m1 is silent");
        assertThat(StatusText.of(withoutM1(), RunImages.NONE))
                .contains(
                        """
                        m1       ssh: root@192.168.0.11  SILENT: it is off
                        """)
                .contains(
                        """
                        haproxy-a  m1       UNKNOWN  m1 is silent  192.168.0.151  unknown
                        haproxy-b  m2       MASTER   serves        192.168.0.152  running
                        """)
                .contains(
                        "web-a       m1       unknown       UP            192.168.0.161  unknown");
    }

    @Test
    void forProgramsTheReasonIsAWord() {
        String json = StatusJson.of(withoutM1(), RunImages.NONE);
        assertThat(json)
                .contains("\"healthy\" : false")
                .contains(
                        """
                          "machines" : [ {
                            "name" : "m1",
                            "reached_by" : "ssh: root@192.168.0.11",
                            "engine" : "silent",
                            "reason" : "off",
                            "seen" : "it is off",
                            "next" : "ping -c 3 192.168.0.11"
                          }, {
                            "name" : "m2",
                            "reached_by" : "ssh: root@192.168.0.12",
                            "engine" : "answers"
                          } ],
                        """)
                .contains(
                        """
                            "name" : "haproxy-a",
                            "machine" : "m1",
                            "runs_on" : [ ],
                        """);
    }

    /// What is on it may be all that there is.
    @Test
    void aSiteOfWhichNothingAnswersIsNotOneThatNeverRan() {
        BalancerSeen silent = new BalancerSeen.Silent("silent");
        Health health = health(OFF, OFF, silent, silent);
        assertThat(health.picture().absent()).isFalse();
        assertThat(StatusText.of(health, RunImages.NONE)).contains("not well:  m2: its engine");
    }

    @Test
    void twinsAreNotWell() {
        Health twins = usual(M1, has("haproxy-b", "web-b", "lan-route", "web-a"));
        assertThat(sentences(twins))
                .containsExactly("web-a: it runs on m1 and m2, and only m1 is to have it");
    }

    @Test
    void aNodeOnAnotherMachineThanItsOwnIsNotWell() {
        Health moved =
                usual(
                        has("haproxy-a", "lan-route"),
                        has("haproxy-b", "web-b", "lan-route", "web-a"));
        assertThat(sentences(moved)).containsExactly("web-a: it runs on m2, not on m1");
    }

    @Test
    void eachMachineHasItsOwnWayToTheLan() {
        Health without = usual(has("haproxy-a", "web-a"), M2);
        assertThat(sentences(without)).containsExactly("lan-route on m1: its container is absent");
    }
}
