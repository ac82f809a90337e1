package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In which order HAProxy is told of a web server that is taken out, or back.
class NodeCommandsTest {
    private static final String MAPS =
            "# id (file) description\n1 (/etc/tandem/sticky.map) pattern loaded from file\n";
    private static final String LEFT = "set map /etc/tandem/sticky.map web-a 1";
    private static final String BACK = "set map /etc/tandem/sticky.map web-a 0";

    private static List<String> commands(ServerOrder.State state, String maps) {
        return NodeCommands.commands(site(), "web-a", new ServerOrder(state, 100), maps);
    }

    private static Site site() {
        String text =
                """
                vip: {address: 192.168.0.150}
                balancers: {haproxy-a: {address: 172.20.0.50}, haproxy-b: {address: 172.20.0.60}}
                servers: {web-a: {address: 172.20.0.2}, web-b: {address: 172.20.0.3}}
                backend: {sticky: cookie}
                """;
        Reading reading =
                SiteReader.read(
                        "tandem.yaml",
                        text.getBytes(StandardCharsets.UTF_8),
                        new FakeSurroundings());
        return ((Reading.Good) reading).site();
    }

    /// Who shows its cookie comes back no later than the others do.
    @Test
    void takenBackItHasItsCookiesFirst() {
        assertThat(commands(ServerOrder.State.READY, MAPS))
                .startsWith(BACK, "set server web/web-a state ready")
                .doesNotContain(LEFT);
    }

    @Test
    void drainedItLosesItsCookiesLast() {
        assertThat(commands(ServerOrder.State.DRAIN, MAPS))
                .startsWith("set server web/web-a state drain")
                .endsWith(LEFT)
                .doesNotContain(BACK);
    }

    /// Before the reload that brings the map.
    @Test
    void aMapThatIsNotLoadedIsLeftAlone() {
        assertThat(commands(ServerOrder.State.READY, "# id (file) description\n"))
                .startsWith("set server web/web-a state ready")
                .noneMatch(command -> command.startsWith("set map"));
    }
}
