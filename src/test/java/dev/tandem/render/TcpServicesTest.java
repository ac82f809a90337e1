package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// TCP services in haproxy.cfg. What is written whole is in the golden case `services`.
class TcpServicesTest {
    private static final String YAML =
            """
            vip: {address: 192.168.0.150}
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: , web-b: }
            """;
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static String haproxy(String yaml) {
        Rendering files =
                Renderer.render(RenderCase.read(yaml), RenderCase.named("minimal").setting());
        return files.files().getOrDefault("haproxy-a/haproxy.cfg", "");
    }

    private static String service(String keys) {
        return YAML
                + "services: {db: {listen: 5432, %sservers: {d: {url: 'tcp://10.0.0.2:1'}}}}\n"
                        .formatted(keys);
    }

    @Test
    void allThatIsHttpIsAsItWasAndServicesFollow() {
        assertThat(haproxy(service("idle: 60s, "))).startsWith(haproxy(YAML));
    }

    /// Who is asked for more than a connection begins a session for it.
    @Test
    void aCheckThatBeginsASessionIsMadeOnceInASecond() {
        assertThat(haproxy(service(""))).contains("check inter 200ms fastinter 100ms");
        assertThat(haproxy(service("check: pgsql, ")))
                .contains("check inter 999ms fastinter 100ms")
                .doesNotContain("max-spread-checks");
        assertThat(haproxy(service("check: {redis: master, every: 2s}, ")))
                .contains("check inter 2000ms fastinter 100ms")
                .contains("max-spread-checks 1000ms");
    }

    @Test
    void aWeightOfTheFileAndAnOrderMultiply() {
        String yaml = service("").replace("10.0.0.2:1'}", "10.0.0.2:1', weight: 50%}");
        assertThat(haproxy(yaml)).containsPattern("server d 10.0.0.2:1 weight 50 ");
        Orders fifth = Orders.NONE.with("d", new ServerOrder(ServerOrder.State.READY, 20));
        assertThat(Renderer.orders(RenderCase.read(yaml), fifth).get("haproxy-a/servers.state"))
                .contains("0 db 0 d - 2 0 10 50 ");
    }

    /// A pool of connections to a database is silent for hours.
    @Test
    void aReloadLeavesAConnectionAsLongAsItMayBeSilent() {
        assertThat(haproxy(YAML)).contains("hard-stop-after 15m");
        assertThat(haproxy(service("idle: 60s, "))).contains("hard-stop-after 15m");
        assertThat(haproxy(service("idle: 28800s, ")))
                .contains("hard-stop-after 8h")
                .contains("timeout client 8h")
                .contains("timeout server 8h");
        assertThat(haproxy(service(""))).as("timing.tunnel").contains("hard-stop-after 1h");
    }

    @Test
    void theExamplesOfItsPageAreSites() {
        String page = RenderCase.text(RenderCase.home().resolve("docs/operating/services.md"));
        assertThat(EXAMPLE.matcher(page).results().map(found -> haproxy(found.group(1))))
                .hasSize(2)
                .allSatisfy(text ->
                        assertThat(text).contains("frontend postgres\n", "option pgsql-check"));
    }
}
