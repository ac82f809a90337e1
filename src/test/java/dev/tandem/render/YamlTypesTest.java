package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.render.ComposeYamlTest.Parsed;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names and stamps are text in compose.yaml, even those that a YAML parser would read as a number,
/// a date or null: `1e-5`, `2001-12-14`, `null`, `1234567890e1`.
class YamlTypesTest {
    private static final String[] NAMES = {
        "1", "0", "007", "1e5", "1e", "null", "true", "no", "on", "y", "12-14", "0x1f", "0o7", "nan"
    };

    static Stream<Site> sites() {
        return IntStream.range(0, NAMES.length).mapToObj(YamlTypesTest::site);
    }

    private static Site site(int i) {
        String[] n = NAMES;
        int count = n.length;
        return RenderCase.read(
                """
                site: "%s"
                vip: {address: 192.168.0.150}
                network: {name: "%s"}
                balancers:
                  "%s":
                    hostname: "%s"
                servers:
                  "%s":
                """
                        .formatted(
                                n[(i + 3) % count],
                                n[(i + 2) % count],
                                n[i],
                                n[(i + 5) % count],
                                n[(i + 1) % count]));
    }

    private static void allText(Site site) {
        Rendering rendering = Renderer.render(site, RenderCase.setting(new Lan.Bridge()));
        Parsed compose = Parsed.of(rendering);
        assertThat(compose.at("name").value()).isEqualTo(site.name());
        assertThat(compose.at("networks").keys())
                .containsExactly("lan", site.network().orElseThrow().name());
        assertThat(compose.at("services").keys()).isEqualTo(site.services());
        for (String node : site.services()) {
            Parsed service = compose.at("services").at(node);
            assertThat(service.at("container_name").value()).isEqualTo(site.container(node));
            assertThat(service.at("hostname").value()).isInstanceOf(String.class);
            assertThat(service.at("labels").at("dev.tandem.config").value())
                    .isEqualTo(rendering.services().get(node));
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyNameIsText(Site site) {
        allText(site);
    }

    @Test
    void aContainerNameThatLooksLikeANumberOrADateIsText() {
        String yaml =
                """
                site: "%s"
                vip: {address: 192.168.0.150}
                balancers:
                  "%s":
                servers:
                  web-a:
                """;
        allText(RenderCase.read(yaml.formatted("1e", "5")));
        allText(RenderCase.read(yaml.formatted("2001", "12-14")));
    }

    /// Of a thousand stamps, a few consist of digits only, or of digits around one `e`.
    @Test
    void everyStampIsText() {
        for (int server = 0; server < 60; server++) {
            StringBuilder yaml = new StringBuilder("vip: {address: 192.168.0.150}\n");
            yaml.append("balancers:\n  haproxy-a:\nservers:\n");
            for (int i = 0; i < 20; i++) {
                yaml.append("  web-").append(server * 20 + i).append(":\n");
            }
            allText(RenderCase.read(yaml.toString()));
        }
    }
}
