package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                        "cost of these checks: 40 a second by all balancers together, 20 of them"
                                + " with TLS",
                        "requests: connect 250ms, http_request 10s, client 1m, server 1m,"
                                + " tunnel 1h");
    }

    @Test
    void aServiceHasTimesOfItsOwn() {
        assertThat(
                        times(
                                "servers: {web-a: }\nservices: {db: {listen: 5432, check: {pgsql:"
                                        + " app, every: 5s}, idle: 7200s, servers: {d: {url:"
                                        + " 'tcp://10.0.0.9:5432'}}}}\n"))
                .contains("service db: check {pgsql: app, every: 5000ms} every 5s, idle 2h");
    }

    @Test
    void withoutWebServersThereAreNoTimesForThem() {
        assertThat(
                        times(
                                "services: {db: {listen: 5432, servers: {d: {url:"
                                        + " 'tcp://10.0.0.9:5432'}}}}\n"))
                .containsExactly("VRRP: advert 50ms", "service db: check tcp every 200ms, idle 1h");
    }

    private static String many(int servers, String scheme) {
        return IntStream.range(0, servers)
                .mapToObj(i ->
                        "web-%d: {url: \"%s://web.example:%d\"}".formatted(i, scheme, 1000 + i))
                .collect(Collectors.joining(", ", "servers: {", "}\n"));
    }

    @Test
    void manyWebServersAreCheckedLessOften() {
        String longer =
                "there are so many web servers that check is longer: a balancer makes 500 checks a"
                        + " second, and one with TLS counts as 7";
        assertThat(times(many(50, "http")))
                .contains(
                        "cost of these checks: 1000 a second by all balancers together, 0.0 of"
                                + " them with TLS")
                .anySatisfy(line -> assertThat(line).contains("check 200ms"));
        assertThat(times(many(1000, "http")))
                .contains(
                        "cost of these checks: 1000 a second by all balancers together, 0.0 of"
                                + " them with TLS",
                        longer)
                .anySatisfy(line -> assertThat(line).contains("check 4s, check_fast 800ms"));
        assertThat(times(many(1000, "https")))
                .contains(longer)
                .anySatisfy(line -> assertThat(line).contains("check 28s"));
        assertThat(times(many(1000, "http") + "timing: {check: 1s}\n"))
                .contains(
                        "cost of these checks: 4000 a second by all balancers together, 0.0 of"
                                + " them with TLS")
                .doesNotContain(longer);
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
