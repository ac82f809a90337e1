package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Lan;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// compose.yaml as a YAML parser reads it, for generated sites.
class ComposeYamlTest {
    static Stream<GeneratedSite> sites() {
        return LongStream.rangeClosed(1, 100).mapToObj(GeneratedSite::of);
    }

    /// The parsed file, navigated by keys.
    ///
    /// @param value a map, a list or a scalar
    record Parsed(Object value) {
        static Parsed of(Rendering rendering) {
            LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
            return new Parsed(new Load(core).loadFromString(rendering.file("compose.yaml")));
        }

        Map<?, ?> map() {
            return (Map<?, ?>) value;
        }

        Parsed at(String key) {
            Object inner = map().get(key);
            assertThat(inner).as("%s of %s", key, map().keySet()).isNotNull();
            return new Parsed(inner);
        }

        List<Parsed> list() {
            return ((List<?>) value).stream().map(inner -> new Parsed((Object) inner)).toList();
        }

        List<Object> keys() {
            return new ArrayList<>(map().keySet());
        }
    }

    private static Rendering rendered(GeneratedSite one) {
        return Renderer.render(one.site(), one.setting());
    }

    private static boolean hasLanRoute(GeneratedSite one) {
        return one.setting().lan() instanceof Lan.Macvlan macvlan
                && macvlan.hostAddress().isPresent();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void itListsExactlyTheNodesOfTheSiteInOrder(GeneratedSite one) {
        List<Object> wanted = new ArrayList<>(one.site().services());
        if (hasLanRoute(one)) {
            wanted.add("lan-route");
        }
        assertThat(Parsed.of(rendered(one)).at("services").keys()).isEqualTo(wanted);
        assertThat(rendered(one).services().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        wanted.stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyContainerHasTheNameThatTheSiteSays(GeneratedSite one) {
        Parsed services = Parsed.of(rendered(one)).at("services");
        for (String node : one.site().services()) {
            assertThat(services.at(node).at("container_name").value())
                    .isEqualTo(one.site().container(node));
        }
        one.site()
                .balancers()
                .forEach(balancer ->
                        assertThat(services.at(balancer.name()).at("hostname").value())
                                .isEqualTo(balancer.hostname()));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyNodeHasItsAddresses(GeneratedSite one) {
        Site site = one.site();
        Parsed services = Parsed.of(rendered(one)).at("services");
        site.balancers()
                .forEach(balancer -> {
                    Parsed networks = services.at(balancer.name()).at("networks");
                    assertThat(networks.keys())
                            .containsExactly("lan", site.network().orElseThrow().name());
                    assertThat(address(networks, "lan")).isEqualTo("" + balancer.lanAddress());
                    assertThat(address(networks, site.network().orElseThrow().name()))
                            .isEqualTo(balancer.address().toString());
                });
        for (Server.Own server : site.ownServers()) {
            Parsed networks = services.at(server.name()).at("networks");
            assertThat(networks.keys()).containsExactly(site.network().orElseThrow().name());
            assertThat(address(networks, site.network().orElseThrow().name()))
                    .isEqualTo(server.address().toString());
        }
    }

    private static Object address(Parsed networks, String name) {
        return networks.at(name).at("ipv4_address").value();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyBindSourceIsRenderedOrACertificateOrContentAndReadOnly(GeneratedSite one) {
        Rendering rendering = rendered(one);
        Parsed services = Parsed.of(rendering).at("services");
        for (String node : one.site().services()) {
            for (Parsed volume : services.at(node).at("volumes").list()) {
                if (volume.at("type").value().equals("volume")) { // a balancer's own, for events
                    assertThat(volume.at("source").value()).isEqualTo(node + "-events");
                    continue;
                }
                assertThat(volume.at("type").value()).isEqualTo("bind");
                assertThat(volume.at("read_only").value()).isEqualTo(true);
                assertThat(known(one, rendering, volume.at("source").value().toString()))
                        .as("%s of %s", volume, node)
                        .isTrue();
            }
        }
    }

    private static boolean known(GeneratedSite one, Rendering rendering, String source) {
        if (!source.startsWith("./")) {
            return one.site().ownServers().stream()
                    .flatMap(server -> server.content().stream())
                    .anyMatch(c -> source.equals(c) || source.equals("../../" + c));
        }
        String path = source.substring(2);
        return path.equals("tls/balancer")
                || one.site().ownServers().stream().anyMatch(s -> path.equals("tls/" + s.name()))
                || rendering.files().keySet().stream().anyMatch(f -> f.startsWith(path + "/"));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void theVipIsNeverAssignedToAContainer(GeneratedSite one) {
        Parsed lan = Parsed.of(rendered(one)).at("networks").at("lan");
        Parsed config = lan.at("ipam").at("config").list().getFirst();
        assertThat(config.at("subnet").value()).isEqualTo(one.site().vip().subnet().toString());
        assertThat(config.at("aux_addresses").at("vip").value())
                .isEqualTo(one.site().vip().address().toString());
        assertThat(lan.at("driver").value())
                .isEqualTo(one.setting().lan() instanceof Lan.Bridge ? "bridge" : "macvlan");
    }
}
