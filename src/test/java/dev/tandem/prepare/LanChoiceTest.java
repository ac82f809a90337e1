package dev.tandem.prepare;

import static dev.tandem.prepare.Sample.device;
import static dev.tandem.prepare.Sample.host;
import static dev.tandem.prepare.Sample.network;
import static dev.tandem.prepare.Sample.wired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostFacts.DefaultRoute;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How the LAN is built on a machine, and every reason why it cannot be, word for word.
class LanChoiceTest {
    private static final Site AUTO = Sample.site();
    private static final Site ENS33 = Sample.site(new LanInterface.Named("ens33"));
    private static final Optional<Ip4> NONE = Optional.empty();
    private static final Interface LO = device("lo", Kind.NO_LINK_LAYER, "127.0.0.1/8");
    private static final Interface ELSEWHERE = device("eth0", Kind.ETHERNET, "10.0.0.5/24");

    private static Lan lan(Site site, HostFacts host) {
        LanChoice choice = LanChoice.choose(site, host);
        assertThat(choice.obstacles()).isEmpty();
        return choice.lan().orElseThrow();
    }

    private static String refusal(Site site, HostFacts host) {
        LanChoice choice = LanChoice.choose(site, host);
        assertThat(choice.lan()).isEmpty();
        assertThat(choice.obstacles()).hasSize(1);
        return choice.obstacles().getFirst().toString();
    }

    @Test
    void theInterfaceInTheSubnetIsUsed() {
        assertThat(lan(AUTO, host(wired())))
                .isEqualTo(new Lan.Macvlan("ens33", NONE, Optional.of(Ip4.of("192.168.0.17"))));
    }

    @Test
    void withoutAnInterfaceInTheSubnetItIsABridge() {
        assertThat(lan(AUTO, host(LO, ELSEWHERE))).isEqualTo(new Lan.Bridge());
        assertThat(lan(AUTO, host())).isEqualTo(new Lan.Bridge());
    }

    @Test
    void theSitesOwnBridgeIsNotMistakenForALan() {
        Interface bridge = device("br-0123456789ab", Kind.DOCKER_BRIDGE, "192.168.0.1/24");
        List<DockerNetwork> own = List.of(network("tandem_lan", "192.168.0.0/24", "tandem"));
        assertThat(lan(AUTO, host(own, LO, ELSEWHERE, bridge))).isEqualTo(new Lan.Bridge());
    }

    @Test
    void theSitesOwnMacvlanIsNotInTheWay() {
        DockerNetwork own =
                new DockerNetwork(
                        "tandem_lan",
                        "macvlan",
                        List.of(Subnet.of("192.168.0.0/24")),
                        "ens33",
                        "tandem");
        assertThat(lan(AUTO, host(List.of(own), wired()))).isInstanceOf(Lan.Macvlan.class);
    }

    @Test
    void theNamedInterfaceIsUsedEvenWithoutAnAddress() {
        Interface bare = device("ens33", Kind.ETHERNET);
        assertThat(lan(ENS33, host(LO, ELSEWHERE, bare)))
                .isEqualTo(new Lan.Macvlan("ens33", NONE, NONE));
        assertThat(lan(ENS33, host(LO, ELSEWHERE, device("ens33", Kind.ETHERNET, "10.9.0.1/24"))))
                .isEqualTo(new Lan.Macvlan("ens33", NONE, NONE));
    }

    @Test
    void theDefaultRouteIsTheGatewayWhenItLeadsThroughTheLan() {
        DefaultRoute through = new DefaultRoute(Ip4.of("192.168.0.1"), "ens33");
        assertThat(gateway(AUTO, through)).contains(Ip4.of("192.168.0.1"));
        assertThat(gateway(AUTO, new DefaultRoute(Ip4.of("10.0.0.1"), "eth0"))).isEmpty();
        assertThat(gateway(AUTO, new DefaultRoute(Ip4.of("10.0.0.1"), "ens33"))).isEmpty();
        assertThat(gateway(AUTO, new DefaultRoute(Ip4.of("192.168.0.1"), "eth0"))).isEmpty();
    }

    /// A site on machines of which each names another interface, or none.
    private static Site spread() {
        String file =
                """
                vip: {address: 192.168.0.150}
                machines:
                  m1: here
                  m2: {ssh: root@192.168.0.12, interface: ens33}
                  m3: {ssh: root@rack-3, interface: eno1}
                  m4: {context: rack-4}
                balancers: {a: , b: }
                servers: {w1: , w2: , w3: , w4: }
                """;
        byte[] content = file.getBytes(StandardCharsets.UTF_8);
        return ((Reading.Good) SiteReader.read("tandem.yaml", content, new FakeSurroundings()))
                .site();
    }

    private static LanChoice on(int machine, HostFacts host) {
        Site site = spread();
        return LanChoice.on(site, site.machines().get(machine - 1), host);
    }

    @Test
    void onAMachineOfSeveralABridgeIsAnObstacle() {
        LanChoice choice = on(1, host(LO, ELSEWHERE));
        assertThat(choice.lan()).isEmpty();
        assertThat(choice.obstacles())
                .extracting(Obstacle::toString)
                .containsExactly(
                        "machines.m1.interface: no interface of m1 has 192.168.0.0/24, and a bridge"
                                + " that Tandem makes would end there\n"
                                + "  hint: name the interface that leads to the other machines,"
                                + " such as 'interface: eno1', or correct vip.subnet");
    }

    @Test
    void eachMachineHasTheLanWhereItsFileSays() {
        assertThat(on(1, host(wired())).lan())
                .contains(new Lan.Macvlan("ens33", NONE, Optional.of(Ip4.of("192.168.0.17"))));
        assertThat(on(2, host(wired())).lan()).isPresent();
        assertThat(on(3, host(wired())).obstacles())
                .extracting(Obstacle::toString)
                .containsExactly(
                        "machines.m3.interface: on m3: this host has no interface eno1\n"
                                + "  hint: interfaces that can carry the LAN: ens33; or interface:"
                                + " auto");
        Interface dockers = device("br-0", Kind.DOCKER_BRIDGE, "192.168.0.1/24");
        Interface named = device("eno1", Kind.DOCKER_BRIDGE, "192.168.0.1/24");
        assertThat(on(1, host(dockers)).lan()).as("Docker's bridge is no LAN").isEmpty();
        assertThat(on(3, host(named)).obstacles().getFirst().toString())
                .contains("on m3: eno1 cannot carry macvlan: it is not an Ethernet interface");
    }

    @Test
    void ofAMachineThatWasNotAskedTheFileSaysWhatIsKnown() {
        Site site = spread();
        assertThat(LanChoice.unseen(site, site.machines().get(1)).lan())
                .as("where ssh goes is its own address on the LAN")
                .contains(new Lan.Macvlan("ens33", NONE, Optional.of(Ip4.of("192.168.0.12"))));
        assertThat(LanChoice.unseen(site, site.machines().get(2)).lan())
                .contains(new Lan.Macvlan("eno1", NONE, NONE));
        LanChoice all = LanChoice.fromHere(site, host(wired()));
        assertThat(all.lan()).isEmpty();
        assertThat(all.obstacles())
                .extracting(Obstacle::key)
                .containsExactly("machines.m4.interface");
    }

    private static Optional<Ip4> gateway(Site site, DefaultRoute... routes) {
        HostFacts host = new HostFacts(List.of(wired()), List.of(routes), List.of());
        return ((Lan.Macvlan) lan(site, host)).gateway();
    }

    @Test
    void aMissingInterfaceIsRefusedAndTheOthersAreNamed() {
        Interface[] there = {
            LO,
            device("wlan0", Kind.WIRELESS, "192.168.7.2/24"),
            device("eth1", Kind.ETHERNET),
            ELSEWHERE
        };
        assertThat(refusal(ENS33, host(there)))
                .isEqualTo(
                        """
                        vip.interface: this host has no interface ens33
                          hint: interfaces that can carry the LAN: eth0, eth1; or interface: auto\
                        """);
        assertThat(refusal(ENS33, host(LO)))
                .endsWith("interfaces that can carry the LAN: none; or interface: auto");
    }

    @Test
    void wiFiIsRefused() {
        Interface wlan = device("ens33", Kind.WIRELESS, "192.168.0.17/24");
        String text =
                """
                vip.interface: ens33 is Wi-Fi, which cannot carry macvlan: an access point accepts one MAC address per station
                  hint: use a wired interface; or a subnet that no interface has, for a bridge that Tandem makes\
                """;
        assertThat(refusal(ENS33, host(LO, wlan))).isEqualTo(text);
        assertThat(refusal(AUTO, host(LO, wlan))).isEqualTo(text);
    }

    @Test
    void anInterfaceThatIsNotEthernetIsRefused() {
        String text =
                """
                vip.interface: ens33 cannot carry macvlan: it is not an Ethernet interface
                  hint: name a wired interface of the LAN, or interface: auto\
                """;
        Interface tunnel = device("ens33", Kind.NO_LINK_LAYER, "192.168.0.17/24");
        assertThat(refusal(ENS33, host(tunnel))).isEqualTo(text);
        assertThat(refusal(AUTO, host(tunnel))).isEqualTo(text);
        assertThat(refusal(ENS33, host(device("ens33", Kind.DOCKER_BRIDGE, "10.1.0.1/24"))))
                .isEqualTo(text);
    }

    @Test
    void aSubnetThatIsOnAnotherInterfaceIsRefused() {
        HostFacts host =
                host(
                        device("ens33", Kind.ETHERNET, "10.0.0.5/24"),
                        device("ens34", Kind.ETHERNET, "192.168.0.17/24"));
        assertThat(refusal(ENS33, host))
                .isEqualTo(
                        """
                        vip.interface: 192.168.0.0/24 is on ens34, not on ens33
                          hint: interface: ens34, or another subnet\
                        """);
    }

    @Test
    void aSubnetThatOverlapsThatOfAnInterfaceIsRefused() {
        HostFacts host = host(LO, device("eth0", Kind.ETHERNET, "192.168.3.4/16"));
        assertThat(refusal(AUTO, host))
                .isEqualTo(
                        """
                        vip.subnet: 192.168.0.0/24 overlaps what this host reaches through eth0 (192.168.0.0/16)
                          hint: if that is the LAN, write its subnet exactly like that; otherwise choose another\
                        """);
    }

    @Test
    void aSubnetThatOverlapsADockerNetworkIsRefused() {
        List<DockerNetwork> foreign = List.of(network("shop_default", "192.168.0.0/20", "shop"));
        String text =
                """
                vip.subnet: 192.168.0.0/24 overlaps Docker's network shop_default
                  hint: choose another subnet, or take down what that network belongs to\
                """;
        assertThat(refusal(AUTO, host(foreign, LO))).isEqualTo(text);
        assertThat(refusal(AUTO, host(foreign, wired()))).isEqualTo(text);
    }

    @Test
    void anInterfaceThatCarriesAnotherMacvlanIsRefused() {
        DockerNetwork taken = new DockerNetwork("cams", "macvlan", List.of(), "ens33", "video");
        assertThat(refusal(AUTO, host(List.of(taken), wired())))
                .isEqualTo(
                        """
                        vip.interface: ens33 already carries Docker's network cams (macvlan), and Docker uses an interface only once
                          hint: use another interface, such as a VLAN of this one; or take down what that network belongs to: docker compose ls --filter name=video\
                        """);
    }

    @Test
    void onABridgeTheFirstAddressIsTheHosts() {
        Site first = Sample.site("192.168.0.1", new LanInterface.Auto());
        assertThat(refusal(first, host(LO)))
                .isEqualTo(
                        """
                        vip.address: 192.168.0.1 is this host's: the LAN is a bridge that Tandem makes, with the host at its first address
                          hint: choose another address\
                        """);
        assertThat(lan(first, host(wired()))).isInstanceOf(Lan.Macvlan.class);
    }
}
