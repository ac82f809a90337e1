package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `validate` says of the times in force.
class TimesTextTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150}
            balancers: {haproxy-a: , haproxy-b: }
            """;

    private static List<String> times(String more) {
        byte[] bytes = (FILE + more).getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", bytes, new FakeSurroundings());
        Site site = ((Reading.Good) reading).site();
        return TimesText.of(site);
    }

    @Test
    void anNginxOfOursMayTakeAMinute() {
        assertThat(times("servers: {web-a: , web-b: }\n"))
                .containsExactly(
                        "VRRP: advert 50ms",
                        "checks of a web server: check 200ms, check_fast 100ms,"
                                + " check_limit 350ms, fall 2, rise 2",
                        "requests: connect 250ms, http_request 10s, client 1m, server 1m,"
                                + " tunnel 1h");
    }

    @Test
    void oneThatIsThereAlreadyMayTakeFiveAndWhatItHasOpenLastsLonger() {
        assertThat(times("servers: {web-a: , there: {url: \"http://192.0.2.7\"}}\n"))
                .contains(
                        "requests: connect 250ms, http_request 10s, client 1m, server 5m,"
                                + " tunnel 1h",
                        "a server with url that is silent: its open connections end when its"
                                + " kernel is silent for 3s (gone), or after 5m (silent)");
    }

    @Test
    void aTimeOfTheFileIsTheOneInForce() {
        String file =
                """
                servers: {web-a: , web-b: }
                timing: {server: 90s, connect: 1500ms}
                """;
        assertThat(times(file))
                .anySatisfy(
                        line -> assertThat(line).contains("connect 1500ms").contains("server 90s"));
    }
}
