package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Budget;
import dev.tandem.model.Handover;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Correct files, and the complete site that each of them means.
class SiteReaderTest {
    private static final String MINIMAL =
            """
            vip:
              address: 192.168.0.150
            balancers:
              haproxy-a:
              haproxy-b:
            servers:
              web-a:
              web-b:
            """;

    private static final Site MINIMAL_SITE =
            new Site(
                    "tandem",
                    new Vip(
                            Ip4.of("192.168.0.150"),
                            Subnet.of("192.168.0.0/24"),
                            new LanInterface.Auto(),
                            Optional.empty(),
                            150),
                    new Network("vtnet", Subnet.of("172.20.0.0/24")),
                    List.of(
                            balancer("haproxy-a", "haproxy-a", "172.20.0.50", "192.168.0.151"),
                            balancer("haproxy-b", "haproxy-b", "172.20.0.60", "192.168.0.152")),
                    new Listen(80, 443, 8404),
                    new Backend(Backend.Balance.ROUNDROBIN, 2, "/"),
                    List.of(own("web-a", "172.20.0.2"), own("web-b", "172.20.0.3")),
                    new Tls(List.of(), Optional.empty()));

    private static final String FULL =
            """
            site: shop-2
            handover: off
            vip:
              address: 10.0.255.0
              subnet: 10.0.0.0/16
              interface: br-lan.10
              gateway: 10.0.0.1
              router_id: 255
            network:
              name: shopnet
              subnet: 172.30.8.0/22
            balancers:
              edge-1:
                hostname: bl1
                address: 172.30.9.1
                lan_address: 10.0.7.1
            listen:
              http: 8080
              https: 8443
              health: 9000
            backend:
              balance: leastconn
              retries: 0
              check: /health?from=haproxy&x=1
              retry_methods: [PUT]
              retry_budget: 100%
              http_reuse: never
            servers:
              www:
                content: my site
                address: 172.30.8.10
            tls:
              names: [www.example.org, "*.shop.example.org", intranet]
            drill:
              budget: outage=500ms, lost=0
            """;

    private static Balancer balancer(String name, String hostname, String address, String lan) {
        return new Balancer(name, hostname, Ip4.of(address), Ip4.of(lan));
    }

    private static Server own(String name, String address) {
        return new Server.Own(name, Ip4.of(address), Optional.empty());
    }

    private static Site site(byte[] content, Surroundings surroundings) {
        return switch (SiteReader.read("tandem.yaml", content, surroundings)) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    private static Site site(String text) {
        return site(text.getBytes(StandardCharsets.UTF_8), new FakeSurroundings());
    }

    @Test
    void aMinimalFileHasAllDefaults() {
        assertThat(site(MINIMAL)).isEqualTo(MINIMAL_SITE);
    }

    @Test
    void theDefaultSiteIsTheMinimalOneWithHostnames() {
        Site site = site(Repository.bytes(Repository.path("tandem.yaml")), new FakeSurroundings());
        assertThat(site)
                .isEqualTo(
                        new Site(
                                MINIMAL_SITE.name(),
                                MINIMAL_SITE.vip(),
                                MINIMAL_SITE.network().orElseThrow(),
                                List.of(
                                        balancer(
                                                "haproxy-a", "bl1", "172.20.0.50", "192.168.0.151"),
                                        balancer(
                                                "haproxy-b",
                                                "bl2",
                                                "172.20.0.60",
                                                "192.168.0.152")),
                                MINIMAL_SITE.listen(),
                                MINIMAL_SITE.backend(),
                                MINIMAL_SITE.servers(),
                                MINIMAL_SITE.tls()));
    }

    @Test
    void oneBalancerAndOneServerAreEnough() {
        Site site = site("vip: {address: 10.1.2.3}\nbalancers: {a: }\nservers: {b: {}}\n");
        assertThat(site.vip().subnet()).isEqualTo(Subnet.of("10.1.2.0/24"));
        assertThat(site.vip().routerId()).isEqualTo(3);
        assertThat(site.balancers()).containsExactly(balancer("a", "a", "172.20.0.50", "10.1.2.4"));
        assertThat(site.servers()).containsExactly(own("b", "172.20.0.2"));
    }

    @Test
    void fiveBalancersAndSevenServersGetAddressesInOrder() {
        Site site =
                site(
                        """
                        vip:
                          address: 192.168.0.150
                          gateway: 192.168.0.153
                        balancers: {b1: , b2: {lan_address: 192.168.0.152}, b3: , b4: , b5: }
                        servers: {w1: , w2: , w3: , w4: , w5: {address: 172.20.0.3}, w6: , w7: }
                        """);
        assertThat(site.balancers())
                .extracting(balancer -> balancer.address() + " " + balancer.lanAddress())
                .containsExactly(
                        "172.20.0.50 192.168.0.151",
                        "172.20.0.60 192.168.0.152",
                        "172.20.0.70 192.168.0.154",
                        "172.20.0.80 192.168.0.155",
                        "172.20.0.90 192.168.0.156");
        assertThat(site.servers())
                .containsExactly(
                        own("w1", "172.20.0.2"),
                        own("w2", "172.20.0.4"),
                        own("w3", "172.20.0.5"),
                        own("w4", "172.20.0.6"),
                        own("w5", "172.20.0.3"),
                        own("w6", "172.20.0.7"),
                        own("w7", "172.20.0.8"));
    }

    @Test
    void furtherVipsAreTakenAndNodesGetOtherAddresses() {
        Site site =
                site(
                        """
                        vip: {address: 192.168.0.150, more: [192.168.0.152, 192.168.0.151]}
                        balancers: {b1: , b2: }
                        servers: {w1: }
                        """);
        assertThat(site.vips())
                .containsExactly(
                        Ip4.of("192.168.0.150"), Ip4.of("192.168.0.152"), Ip4.of("192.168.0.151"));
        assertThat(site.balancers())
                .extracting(balancer -> balancer.lanAddress().toString())
                .containsExactly("192.168.0.153", "192.168.0.154");
    }

    @Test
    void vipsOfABalancerAreTakenTooAndComeAfterThoseOfTheFirst() {
        Site site =
                site(
                        """
                        vip: {address: 192.168.0.150, more: [192.168.0.160]}
                        balancers: {b1: , b2: {vips: [192.168.0.151, 192.168.0.153]}}
                        servers: {w1: }
                        """);
        assertThat(site.vips().stream().map(Ip4::toString))
                .containsExactly(
                        "192.168.0.150", "192.168.0.160", "192.168.0.151", "192.168.0.153");
        assertThat(site.owners()).extracting(Balancer::name).containsExactly("b2");
        assertThat(site.balancers())
                .extracting(balancer -> balancer.lanAddress().toString())
                .containsExactly("192.168.0.152", "192.168.0.154");
    }

    @Test
    void everyKeyCanBeSet() {
        Site expected =
                new Site(
                        "shop-2",
                        new Vip(
                                Ip4.of("10.0.255.0"),
                                Subnet.of("10.0.0.0/16"),
                                new LanInterface.Named("br-lan.10"),
                                Optional.of(Ip4.of("10.0.0.1")),
                                255),
                        Optional.of(new Network("shopnet", Subnet.of("172.30.8.0/22"))),
                        List.of(balancer("edge-1", "bl1", "172.30.9.1", "10.0.7.1")),
                        new Listen(8080, 8443, 9000),
                        new Backend(
                                Backend.Balance.LEASTCONN,
                                0,
                                "/health?from=haproxy&x=1",
                                List.of("PUT"),
                                100,
                                Backend.OutlierDetection.ON,
                                Backend.HttpReuse.NEVER),
                        List.of(
                                new Server.Own(
                                        "www", Ip4.of("172.30.8.10"), Optional.of("my site"))),
                        new Tls(
                                List.of("www.example.org", "*.shop.example.org", "intranet"),
                                Optional.empty()),
                        Timing.DEFAULT,
                        Handover.OFF,
                        Optional.of(
                                new Budget(
                                        Optional.of(0L),
                                        Optional.of(Duration.ofMillis(500)),
                                        Optional.empty(),
                                        Optional.empty())));
        assertThat(site(FULL)).isEqualTo(expected);
    }

    @Test
    void existingServersNeedNoAddressOfTheSite() {
        Site site =
                site(
                        """
                        vip: {address: 192.168.0.150}
                        balancers: {haproxy-a: }
                        servers:
                          web-a: {url: "http://192.168.0.151:8080"}
                          web-b: {url: "https://intranet.example.org", ca: ca.pem}
                          web-c: {url: "https://erp"}
                          web-d: {url: "http://web"}
                        """);
        assertThat(site.servers())
                .containsExactly(
                        new Server.Existing(
                                "web-a", Scheme.HTTP, "192.168.0.151", 8080, Optional.empty()),
                        new Server.Existing(
                                "web-b",
                                Scheme.HTTPS,
                                "intranet.example.org",
                                443,
                                Optional.of("ca.pem")),
                        new Server.Existing("web-c", Scheme.HTTPS, "erp", 443, Optional.empty()),
                        new Server.Existing("web-d", Scheme.HTTP, "web", 80, Optional.empty()));
        assertThat(site.balancers().getFirst().lanAddress())
                .as("an existing server on the LAN keeps its address")
                .isEqualTo(Ip4.of("192.168.0.152"));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt, rsa.key",
        "rsa.crt, rsa-pkcs1.key",
        "chain.crt, rsa.key",
        "together.pem, together.pem",
        "ec.crt, ec.key",
        "ec.crt, ec-sec1.key",
        "ed25519.crt, ed25519.key"
    })
    void aCertificateIsAcceptedWithItsKeyInAnyUsualFormat(String certificate, String key) {
        Site site = site(MINIMAL + "tls: {certificate: %s, key: %s}\n".formatted(certificate, key));
        assertThat(site.tls())
                .isEqualTo(new Tls(List.of(), Optional.of(new Tls.Provided(certificate, key))));
    }

    @ParameterizedTest
    @CsvSource({
        "ec.crt, rsa-pkcs1.key",
        "rsa.crt, ec-sec1.key",
        "ed25519.crt, rsa.key",
        "ec.crt, ed25519.key",
        "rsa.crt, two.key"
    })
    void aKeyThatDoesNotMatchIsFound(String certificate, String key) {
        String text = MINIMAL + "tls: {certificate: %s, key: %s}\n".formatted(certificate, key);
        assertThat(
                        SiteReader.read(
                                "tandem.yaml",
                                text.getBytes(StandardCharsets.UTF_8),
                                new FakeSurroundings()))
                .isInstanceOf(Reading.Bad.class);
    }

    @Test
    void theOrderOfKeysDoesNotMatter() {
        Site shuffled =
                site(
                        """
                        tls:
                        servers: {web-a: , web-b: }
                        listen:
                          health: 8404
                          http: 80
                        balancers: {haproxy-a: , haproxy-b: }
                        backend: {check: /, balance: roundrobin}
                        network: {subnet: 172.20.0.0/24, name: vtnet}
                        vip:
                          router_id: 150
                          subnet: 192.168.0.0/24
                          address: 192.168.0.150
                        site: tandem
                        """);
        assertThat(shuffled).isEqualTo(MINIMAL_SITE);
    }

    @Test
    void theOrderOfBalancersAndServersMatters() {
        Site site =
                site(
                        """
                        vip: {address: 192.168.0.150}
                        balancers: {haproxy-b: , haproxy-a: }
                        servers: {web-b: , web-a: }
                        """);
        assertThat(site.services()).containsExactly("haproxy-b", "haproxy-a", "web-b", "web-a");
        assertThat(site.balancers().getFirst().address()).isEqualTo(Ip4.of("172.20.0.50"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff", "---\n", "# a comment\n\n", "\r\n"})
    void anythingAllowedBeforeTheFirstKeyChangesNothing(String before) {
        assertThat(site(before + MINIMAL)).isEqualTo(MINIMAL_SITE);
    }

    @Test
    void lineEndingsAndAnEndMarkerChangeNothing() {
        assertThat(site(MINIMAL.replace("\n", "\r\n"))).isEqualTo(MINIMAL_SITE);
        assertThat(site(MINIMAL + "...\n")).isEqualTo(MINIMAL_SITE);
    }

    @Test
    void aRouterIdThatWouldBeZeroIsTheUsualOne() {
        Site site =
                site(
                        """
                        vip: {address: 10.0.1.0, subnet: 10.0.0.0/16}
                        balancers: {a: }
                        servers: {b: }
                        """);
        assertThat(site.vip().routerId()).isEqualTo(51);
    }

    @Test
    void namesThatLookLikeNumbersAreAcceptedInQuotes() {
        Site site = site("vip: {address: 10.0.1.9}\nbalancers: {'1': }\nservers: {'2': }\n");
        assertThat(site.services()).containsExactly("1", "2");
    }
}
