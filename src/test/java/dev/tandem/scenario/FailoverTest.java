package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.report.Browser;
import dev.tandem.scenario.LivePage.Noted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients see of each fault stays within a generous budget: many times what is measured on a
/// quiet machine (docs/drills), so that only a failover that does not work breaks it. The drill
/// also sees to it that everybody is served again, by every web server, and that no POST ran twice.
///
/// The faults of which more is asked than this are drilled once, in {@link FailoverTargetsTest}.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class FailoverTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(TestSite.likeTheCustomers());
    private static final TestSite SITE = LIVE.site();

    /// Each fault stays longer than the outage that is allowed.
    @ParameterizedTest
    @CsvSource({
        "haproxy-kill,    1000, 2",
        "keepalived-kill, 1000, 2",
        "keepalived-hang, 1000, 2",
        "balancer-kill,   1000, 2",
        "balancer-pause,  2000, 3",
        "balancer-stop,    500, 2",
        "switchover,       500, 2",
        "web-stop,         500, 2"
    })
    void clients_are_served_again_soon(String fault, int outage, int hold) throws IOException {
        drilled(fault, outage, hold);
    }

    private static void drilled(String fault, int outage, int hold) throws IOException {
        FaultRun run = FaultRun.of(SITE, fault, hold);
        if (run.isConclusive()) {
            run.outageIsAtMost(Duration.ofMillis(outage));
        }
    }

    /// In a real browser, open at the balancer that takes over. Whoever reads one line of it knows
    /// what happened, why, and what it costs.
    @ParameterizedTest
    @ValueSource(strings = "haproxy-hang")
    void meanwhile_the_page_says_in_its_first_line_what_happens(
            String fault, @TempDir Path directory) throws IOException {
        Optional<Browser> browser = Browser.here();
        assertThat(browser).as("a browser to look with: setup/test-tools").isPresent();
        try (LivePage page = LivePage.open(browser.orElseThrow(), told(""), directory)) {
            drilled(fault, 2000, 4);

            List<Noted> noted = page.noted();
            Noted moved =
                    noted.stream()
                            .filter(one -> one.text().startsWith("held by haproxy-b | "))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(noted));
            assertThat(moved.at() - taken()).as("milliseconds: " + noted).isBetween(0L, 2000L);
            assertThat(noted)
                    .extracting(Noted::text)
                    .anyMatch(text ->
                            text.matches(
                                    "held by haproxy-b \\| haproxy-a: HAProxy did not answer at"
                                            + " [\\d:.]+; haproxy-b held the VIP \\d+ ms later"
                                            + " \\(drill haproxy-hang\\); clients had"
                                            + " [1-9]\\d* connections? open there, which"
                                            + " (is|are) lost\\."));
            String well = "held by haproxy-a | All is well: haproxy-a holds";
            TestSite.await("its end", () -> page.noted().getLast().text().startsWith(well));
        }
    }

    /// Of haproxy-b.
    private static String told(String path) {
        return "http://" + SITE.network(60) + ":8404/" + path;
    }

    /// When it took the VIP last, in milliseconds since 1970.
    private static long taken() {
        String all = SITE.curl("--fail", told("status.json?events=500")).stdout();
        return Pattern.compile("\"text\":\"VRRP MASTER\",\"time\":\"([^\"]+)\"")
                .matcher(all)
                .results()
                .map(found -> Instant.parse(found.group(1)).toEpochMilli())
                .max(Long::compare)
                .orElseThrow(() -> new AssertionError(all));
    }
}
