package dev.tandem.prepare;

import static dev.tandem.prepare.Sample.DIRECTORY;
import static dev.tandem.prepare.Sample.device;
import static dev.tandem.prepare.Sample.host;
import static dev.tandem.prepare.Sample.network;
import static dev.tandem.prepare.Sample.wired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Container;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every obstacle on this machine, word for word.
class PreflightTest {
    private static String check(HostFacts host, Container... containers) {
        return Preflight.check(Sample.site(), host, List.of(containers), DIRECTORY).stream()
                .map(Obstacle::toString)
                .collect(Collectors.joining("\n"));
    }

    private static Container container(String name, String project, String directory) {
        return new Container(name, "web-a", "running", "", "nginx", project, directory, "", "");
    }

    @Test
    void aFreshMachineHasNoObstacles() {
        assertThat(check(host(wired()))).isEmpty();
        assertThat(check(host())).isEmpty();
    }

    @Test
    void theSitesOwnNetworksAndContainersAreNotInTheWay() {
        HostFacts host =
                host(
                        List.of(
                                network("vtnet", "172.20.0.0/24", "tandem"),
                                network("tandem_lan", "192.168.0.0/24", "tandem"),
                                network("bridge", "172.17.0.0/16")),
                        device("br-1", Kind.DOCKER_BRIDGE, "172.20.0.1/24"),
                        device("br-2", Kind.DOCKER_BRIDGE, "192.168.0.1/24"));
        assertThat(check(host, container("tandem-web-a", "tandem", DIRECTORY))).isEmpty();
    }

    @Test
    void otherContainersAreNotInTheWay() {
        assertThat(
                        check(
                                host(wired()),
                                container("tandem-web-z", "", ""),
                                container("shop-web-a", "shop", "/srv/.tandem/shop")))
                .isEmpty();
    }

    @Test
    void aNetworkOfTheSameNameIsInTheWay() {
        assertThat(check(host(List.of(network("vtnet", "10.5.0.0/24")))))
                .isEqualTo(
                        """
                        network.name: Docker has a network vtnet already
                          hint: choose another name, or remove it: docker network rm vtnet\
                        """);
        assertThat(check(host(List.of(network("vtnet", "10.5.0.0/24", "shop")))))
                .isEqualTo(
                        """
                        network.name: Docker has a network vtnet already, of shop
                          hint: choose another name, or remove it: docker network rm vtnet\
                        """);
    }

    @Test
    void aNetworkThatAnotherSiteUsesIsNotRemovedUnderItsFeet() {
        HostFacts host = host(List.of(network("vtnet", "172.20.0.0/24", "shop")));
        assertThat(check(host, container("shop-web-a", "shop", "/srv/shop/.tandem/shop")))
                .isEqualTo(
                        """
                        network.name: Docker has a network vtnet already, of shop in /srv/shop/.tandem/shop
                          hint: choose another name, or take that site down, where its file is: cd /srv/shop && tandem down
                        network.subnet: 172.20.0.0/24 overlaps Docker's network vtnet, of shop in /srv/shop/.tandem/shop
                          hint: choose another subnet, or take that site down, where its file is: cd /srv/shop && tandem down\
                        """);
        assertThat(check(host, container("shop-app-1", "shop", "/srv/shop")))
                .contains("or take that project down: docker compose -p shop down")
                .doesNotContain("network rm");
    }

    @Test
    void aDockerSubnetIsInTheWay() {
        assertThat(check(host(List.of(network("shop_default", "172.20.0.0/16", "shop")))))
                .isEqualTo(
                        """
                        network.subnet: 172.20.0.0/24 overlaps Docker's network shop_default, of shop
                          hint: choose another subnet, or remove it: docker network rm shop_default\
                        """);
    }

    @Test
    void aSubnetOfAnInterfaceIsInTheWay() {
        assertThat(check(host(device("eth0", Kind.ETHERNET, "172.20.0.200/25"))))
                .isEqualTo(
                        """
                        network.subnet: 172.20.0.0/24 overlaps what this host reaches through eth0 (172.20.0.128/25)
                          hint: choose a subnet that no interface of this host has\
                        """);
    }

    @Test
    void theHostsOwnAddressCannotBeTheVip() {
        assertThat(check(host(device("ens33", Kind.ETHERNET, "192.168.0.150/24"))))
                .isEqualTo(
                        """
                        vip.address: 192.168.0.150 is this host's own address, on ens33
                          hint: the VIP must be free: choose another address of the LAN\
                        """);
    }

    @Test
    void theHostsOwnAddressCannotBeABalancers() {
        Interface ens33 = device("ens33", Kind.ETHERNET, "192.168.0.17/24", "192.168.0.152/24");
        assertThat(check(host(ens33)))
                .isEqualTo(
                        """
                        balancers.haproxy-b.lan_address: 192.168.0.152 is this host's own address, on ens33
                          hint: give the balancer another address of the LAN with lan_address\
                        """);
    }

    @Test
    void overSeveralMachinesAWebServersAddressMustBeFreeToo() {
        HostFacts host = host(device("ens33", Kind.ETHERNET, "192.168.0.162/24"));
        assertThat(Preflight.check(Sample.spread(), host, List.of(), DIRECTORY))
                .extracting(Obstacle::toString)
                .containsExactly(
                        "servers.web-b.address: 192.168.0.162 is this host's own address, on"
                                + " ens33\n"
                                + "  hint: give the web server another address of the LAN with"
                                + " address");
    }

    @Test
    void anAddressOutsideAnySubnetIsCheckedToo() {
        assertThat(check(host(device("lo", Kind.NO_LINK_LAYER, "192.168.0.150/32"))))
                .startsWith("vip.address: 192.168.0.150 is this host's own address, on lo");
    }

    @Test
    void aContainerOfTheSameNameIsInTheWay() {
        String text =
                """
                site: a container tandem-web-b already exists and does not belong to this site
                  hint: give this site another name, or remove it: docker rm tandem-web-b\
                """;
        assertThat(check(host(), container("tandem-web-b", "", ""))).isEqualTo(text);
        assertThat(check(host(), container("tandem-web-b", "shop", DIRECTORY))).isEqualTo(text);
    }

    @Test
    void theSameProjectFromElsewhereIsReportedOnce() {
        assertThat(
                        check(
                                host(),
                                container(
                                        "tandem-web-a", "tandem", "/srv/elsewhere/.tandem/tandem"),
                                container(
                                        "tandem-web-b", "tandem", "/srv/elsewhere/.tandem/tandem")))
                .isEqualTo(
                        """
                        site: a Compose project tandem is already running, from /srv/elsewhere/.tandem/tandem
                          hint: give this site another name with the key site, or take that one down\
                        """);
    }

    @Test
    void allObstaclesAreReportedAtOnce() {
        HostFacts host =
                host(
                        List.of(network("vtnet", "172.20.0.0/16")),
                        device("eth0", Kind.ETHERNET, "192.168.0.150/24"));
        List<Obstacle> obstacles =
                Preflight.check(
                        Sample.site(),
                        host,
                        List.of(container("tandem-haproxy-a", "", "")),
                        DIRECTORY);
        assertThat(obstacles)
                .extracting(Obstacle::key)
                .containsExactly("network.name", "network.subnet", "vip.address", "site");
    }
}
