package dev.tandem.drill.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Attachment;
import dev.tandem.model.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which containers of this engine are web servers that were there already.
class ExistingTest {
    private static final Map<String, List<Attachment>> CONTAINERS =
            Map.of(
                    "shop-1",
                    List.of(at("inner", "172.30.0.7"), at("tandem_lan", "192.168.0.99")),
                    "blog-1",
                    List.of(new Attachment("vtnet", "172.20.0.7", List.of("blog", "blog-1"))),
                    "other-1",
                    List.of(at("here", "10.0.0.9")),
                    "other-2",
                    List.of(at("there", "10.0.0.9")));

    private static Attachment at(String network, String address) {
        return new Attachment(network, address, List.of());
    }

    private static Existing among(String... hosts) {
        List<Server.Existing> servers =
                List.of(hosts).stream()
                        .map(host ->
                                new Server.Existing(
                                        "of-" + host,
                                        Server.Scheme.HTTP,
                                        host,
                                        8080,
                                        Optional.empty()))
                        .toList();
        return Existing.among(servers, CONTAINERS);
    }

    @Test
    void oneIsFoundByItsAddressOnAnyOfItsNetworks() {
        Existing found = among("192.168.0.99", "172.20.0.7");

        assertThat(found.here()).extracting(Node::container).containsExactly("shop-1", "blog-1");
        assertThat(found.here()).extracting(Node::name).contains("of-192.168.0.99");
        assertThat(found.elsewhere()).isEmpty();
    }

    @Test
    void oneIsFoundByItsNameInDockersDns() {
        assertThat(among("blog").here()).extracting(Node::container).containsExactly("blog-1");
    }

    @Test
    void whatIsNoContainerHereIsNamed() {
        Existing found = among("10.0.0.7", "shop.example.com", "192.168.0.9");

        assertThat(found.here()).isEmpty();
        assertThat(found.elsewhere())
                .containsExactly(
                        "of-10.0.0.7 (10.0.0.7)",
                        "of-shop.example.com (shop.example.com)",
                        "of-192.168.0.9 (192.168.0.9)");
    }

    @Test
    void anAddressThatTwoContainersHaveIsNobodys() {
        assertThat(among("10.0.0.9").here()).isEmpty();
        assertThat(among("10.0.0.9").elsewhere()).hasSize(1);
    }
}
