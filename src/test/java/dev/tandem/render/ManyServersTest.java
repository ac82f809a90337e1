package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// haproxy.cfg of a site with many web servers: what it costs to ask them is bounded.
class ManyServersTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150}
            balancers: {haproxy-a: , haproxy-b: }
            servers:
            """;

    private static String server(int number) {
        return "  web-%d: {url: \"http://192.0.2.7:%d\"}\n".formatted(number, 8000 + number);
    }

    private static String configuration(int servers) {
        String file =
                IntStream.range(0, servers)
                        .mapToObj(ManyServersTest::server)
                        .collect(Collectors.joining("", FILE, ""));
        Site site =
                ((Reading.Good)
                                SiteReader.read(
                                        "tandem.yaml",
                                        file.getBytes(StandardCharsets.UTF_8),
                                        new FakeSurroundings()))
                        .site();
        Setting setting =
                new Setting(new Lan.Bridge(), new Setting.Images("balancer:1", "web:1"), "..", "0");
        return HaproxyCfg.render(site, site.balancers().getFirst(), setting);
    }

    @Test
    void aThousandAreAskedEveryFourSecondsAndTheAgentEveryFive() {
        assertThat(configuration(1000))
                .contains("check inter 4000ms fastinter 800ms downinter 4000ms fall 2 rise 2")
                .contains("agent-inter 5000ms")
                .contains("    max-spread-checks 4000ms\n");
    }

    /// Where one interval is a second or more, HAProxy would spread the first checks over it.
    @Test
    void fewAreAskedAsBefore() {
        assertThat(configuration(50))
                .contains("check inter 200ms fastinter 100ms downinter 200ms fall 2 rise 2")
                .contains("agent-inter 999ms")
                .doesNotContain("max-spread-checks");
    }
}
