package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Handover;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The keys that a plan decides by, against the model that has them: whatever is called otherwise
/// there is called otherwise here, or this fails.
class MovesTest {
    private static final Site SITE = Sample.site();

    /// What moves between machines: `machines` and `places`, see below.
    private static final int OF_MACHINES = 2;

    /// Further VIPs that go, or are first elsewhere, see below: the usual site has none that could.
    private static final int OF_MORE = 2;

    /// All that there is to know of moves, in the order of the model.
    private static List<Difference> all(Moves moves) {
        List<Difference> all = new ArrayList<>();
        moves.vip().ifPresent(all::add);
        all.addAll(moves.more());
        all.addAll(moves.passed());
        moves.router().ifPresent(all::add);
        all.addAll(moves.machines());
        all.addAll(moves.balancers().values());
        all.addAll(moves.ports());
        all.addAll(moves.servers().values());
        moves.handover().ifPresent(all::add);
        moves.names().ifPresent(all::add);
        all.addAll(moves.places().values());
        return all;
    }

    @Test
    void aVipOfABalancerMovesNobodyUntilItGoesOrIsFirstElsewhere() {
        Site two = Edit.own(SITE, "haproxy-b", "192.168.0.170", "192.168.0.171");
        Site one = Edit.own(SITE, "haproxy-b", "192.168.0.171");
        assertThat(Moves.of(one, two)).isEqualTo(Moves.NONE);
        assertThat(Moves.of(two, one).more()).isEqualTo(Differences.between(two, one));
        assertThat(Moves.of(two, one).passed()).isEmpty();

        Site passed = Edit.more(one, "192.168.0.170");
        assertThat(Moves.of(two, passed).more()).isEmpty();
        assertThat(Moves.of(two, passed).passed().stream().map(Difference::text))
                .containsExactly("vip.more: [] → [192.168.0.170]");
        assertThat(Moves.of(passed, two).passed().stream().map(Difference::text))
                .containsExactly(
                        "balancers.haproxy-b.vips: [192.168.0.171] → [192.168.0.170,"
                                + " 192.168.0.171]");
    }

    @Test
    void aFurtherVipMovesNobodyUntilItGoes() {
        Site two = Edit.more(SITE, "192.168.0.160", "192.168.0.161");
        Site one = Edit.more(SITE, "192.168.0.161");
        assertThat(all(Moves.of(two, one))).hasSize(1).isEqualTo(Differences.between(two, one));
        assertThat(Moves.of(one, two)).isEqualTo(Moves.NONE);
    }

    /// Each kind of move once, one by one, and then all together.
    @Test
    void whatMovesIsWhatDiffersInTheSiteFileUnderTheSameKey() {
        List<Site> edits =
                List.of(
                        Edit.vip(SITE, "192.168.0.99"),
                        Edit.router(SITE, 99),
                        Edit.lanAddress(SITE, "haproxy-b", "192.168.0.162"),
                        Edit.ports(SITE, 8080, 443),
                        Edit.ports(SITE, 80, 8443),
                        Edit.address(SITE, "web-b", "172.20.0.9"),
                        Edit.handover(SITE, Handover.OFF),
                        Edit.names(SITE, "www.example"));
        assertThat(edits)
                .hasSize(Moves.class.getRecordComponents().length + 1 - OF_MACHINES - OF_MORE)
                .allSatisfy(edited ->
                        assertThat(all(Moves.of(SITE, edited)))
                                .hasSize(1)
                                .isEqualTo(Differences.between(SITE, edited)));

        Site edited = Edit.ports(Edit.router(Edit.vip(SITE, "192.168.0.99"), 99), 8080, 8443);
        edited = Edit.lanAddress(edited, "haproxy-a", "192.168.0.161");
        edited = Edit.lanAddress(edited, "haproxy-b", "192.168.0.162");
        edited = Edit.address(Edit.address(edited, "web-a", "172.20.0.8"), "web-b", "172.20.0.9");
        edited = Edit.handover(edited, Handover.OFF);
        assertThat(all(Moves.of(SITE, edited)))
                .hasSize(9)
                .isEqualTo(Differences.between(SITE, edited));
    }

    @Test
    void whatComesOrGoesOrIsChangedWhereItStandsDoesNotMove() {
        Site edited =
                Sample.serving(
                        Edit.check(SITE, "/health"),
                        List.of(
                                Sample.own("web-a", "172.20.0.2"),
                                Sample.own("web-c", "172.20.0.3")));
        assertThat(Differences.between(SITE, edited)).hasSize(3);
        assertThat(Moves.of(SITE, edited)).isEqualTo(Moves.NONE);
    }

    /// The same site, on the machines that this adds to its file.
    private static Site on(String machines, String balancers, String servers) {
        String file =
                """
                vip: {address: 192.168.0.150}
                %s
                balancers: {%s}
                servers: {%s}
                """
                        .formatted(machines, balancers, servers);
        Reading reading =
                SiteReader.read(
                        "tandem.yaml",
                        file.getBytes(StandardCharsets.UTF_8),
                        new FakeSurroundings());
        return ((Reading.Good) reading).site();
    }

    private static final String TWO =
            "machines: {m1: {ssh: root@10.0.0.1}, m2: {ssh: root@10.0.0.2}}";
    private static final Site ON_TWO = on(TWO, "haproxy-a: , haproxy-b: ", "web-a: , web-b: ");

    @Test
    void aNodeThatMovesToAnotherMachineIsNamedWithBoth() {
        Site edited =
                on(TWO, "haproxy-a: , haproxy-b: ", "web-a: {machine: m2}, web-b: {machine: m2}");
        Moves moves = Moves.of(ON_TWO, edited);
        assertThat(moves.places())
                .containsExactly(
                        Map.entry(
                                "web-a",
                                new Difference.Moved(
                                        KeyPath.of("servers", "web-a", "machine"),
                                        Optional.of("m1"),
                                        Optional.of("m2"))));
        assertThat(all(moves))
                .isEqualTo(Differences.between(ON_TWO, edited))
                .extracting(Difference::text)
                .containsExactly("servers.web-a.machine: m1 → m2");
        assertThat(moves.spreads()).isFalse();
        assertThat(Moves.of(edited, ON_TWO).places()).containsOnlyKeys("web-a");
    }

    @Test
    void aMachineThatComesGoesOrIsReachedOtherwiseIsNamedAndMovesNobody() {
        String three =
                "machines: {m1: {ssh: root@10.0.0.1}, m2: {context: rack, interface: eno1},"
                        + " m3: here}";
        Site edited =
                on(three, "haproxy-a: , haproxy-b: ", "web-a: , web-b: , web-c: {machine: m3}");
        Moves moves = Moves.of(ON_TWO, edited);
        assertThat(moves.places()).isEmpty();
        assertThat(moves.machines())
                .extracting(Difference::text)
                .containsExactly(
                        "machines.m2: ssh: root@10.0.0.2 → context: rack",
                        "machines.m2.interface: auto → eno1",
                        "machines.m3: added");
        assertThat(Differences.between(ON_TWO, edited)).containsAll(moves.machines());
        assertThat(Moves.of(edited, ON_TWO).machines()).hasSize(3);
    }

    @Test
    void fromNoMachinesToSomeEveryNodeMovesAndTheNetworkGoes() {
        Site one = on("", "haproxy-a: , haproxy-b: ", "web-a: , web-b: ");
        Moves moves = Moves.of(one, ON_TWO);
        assertThat(moves.spreads()).isTrue();
        assertThat(moves.places()).containsOnlyKeys("haproxy-a", "haproxy-b", "web-a", "web-b");
        assertThat(moves.balancers()).as("addresses on the LAN stay").isEmpty();
        assertThat(moves.servers()).containsOnlyKeys("web-a", "web-b");
        assertThat(Differences.between(one, ON_TWO).stream().map(Difference::text))
                .containsExactly(
                        "network.name: vtnet → none",
                        "network.subnet: 172.20.0.0/24 → none",
                        "machines.m1: added",
                        "machines.m2: added",
                        "balancers.haproxy-a.address: 172.20.0.50 → 192.168.0.151",
                        "balancers.haproxy-a.machine: none → m1",
                        "balancers.haproxy-b.address: 172.20.0.60 → 192.168.0.152",
                        "balancers.haproxy-b.machine: none → m2",
                        "servers.web-a.address: 172.20.0.2 → 192.168.0.161",
                        "servers.web-a.machine: none → m1",
                        "servers.web-b.address: 172.20.0.3 → 192.168.0.162",
                        "servers.web-b.machine: none → m2");
        assertThat(Moves.of(ON_TWO, one).spreads()).isFalse();
        assertThat(Effects.of(one, ON_TWO)).hasSize(12);
        assertThat(Effects.of(ON_TWO, one)).hasSize(12);
    }

    @Test
    void theWayBackMovesTheSameNodes() {
        Site edited = Edit.address(SITE, "web-b", "172.20.0.9");
        assertThat(Moves.of(SITE, edited).servers()).containsOnlyKeys("web-b");
        assertThat(Moves.of(edited, SITE).servers()).containsOnlyKeys("web-b");
    }
}
