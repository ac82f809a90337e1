package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The customer's test sheet, step by step, on the shipped tandem.yaml. At every step the VIP has
/// exactly one owner, as a third party on the LAN sees it.
@Tag("containers")
class CustomerSheetTest {
    @RegisterExtension static TestSite site = TestSite.likeTheCustomers();

    @AfterEach
    void leaveItWell() {
        site.awaitWell();
        assertThat(site.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
    }

    @Test
    void answersAlternateBetweenTheWebServersOnEveryAddress() {
        assertThat(site.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        everyAddress().forEach(CustomerSheetTest::alternates);
    }

    @Test
    void httpsSpeaksVersionTwoAndOneAndItsCertificateIsOfOurCa() {
        String url = "https://" + site.lan(150) + "/";

        assertThat(version(url, "--http2")).isEqualTo("2");
        assertThat(version(url, "--http1.1")).isEqualTo("1.1");
        assertThat(Shell.run(site.directory(), "curl", "-sS", "--max-time", "5", url).exit())
                .as("without our CA the certificate is not trusted")
                .isEqualTo(60);
        assertThat(site.curl("--tls-max", "1.1", url).exit()).as("TLS 1.1 is refused").isNotZero();
        assertThat(site.curl("--tlsv1.2", "--tls-max", "1.2", url).exit()).isZero();
    }

    @Test
    void theHealthPageShowsBothWebServersAndChangesNothing() {
        for (int balancer : List.of(50, 60)) {
            String base = "http://" + site.network(balancer) + ":8404/";
            TestSite.await(
                    "the page is there",
                    () -> site.curl("--fail", base).stdout().contains("<title>Tandem</title>"));
            String page = site.curl("--fail", base + "haproxy").stdout();

            assertThat(page).contains("Statistics Report").contains("web-a").contains("web-b");
            assertThat(page)
                    .as("no form to administer, no addresses of the web servers, no version")
                    .doesNotContainIgnoringCase("method=\"post\"")
                    .doesNotContain("name=\"action\"")
                    .doesNotContain(site.network(2).toString())
                    .doesNotContain("version 3.0");
            assertThat(site.curl("--fail", "--location", base + ";csv").stdout())
                    .startsWith("# pxname,svname,");
            assertThat(site.curl("--fail", base + "health").exit()).isZero();
            assertThat(site.curl("--fail", base + "metrics").stdout())
                    .contains(
                            "haproxy_server_status{proxy=\"web\",server=\"web-a\",state=\"UP\"} 1");
            Output attempt = site.curl("-d", "s=web-a&action=disable&b=web", base + "haproxy");
            assertThat(attempt.stdout()).doesNotContain("DONE");
        }
        assertThat(site.typed("status").exit()).as("nobody could disable web-a").isZero();
    }

    /// One that never ends is given up after `timeout http-request`, 10 s: meanwhile the other.
    @Test
    void whatIsNoRequestIsAnsweredBeforeAnyRuleAndAnswers4xxAreTold() throws IOException {
        try (OpenConnection slow = OpenConnection.to(site, "GET / HTTP/1.1");
                OpenConnection wrong = OpenConnection.to(site, "NONSENSE")) {
            assertThat(slow.answer()).containsIgnoringCase("x-balancer: haproxy-a");
            slow.send("GET / HTTP/1.1\r\nHost: te");

            assertThat(wrong.until("</html>"))
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContainIgnoringCase("x-balancer");
            for (int i = 0; i < 4; i++) {
                assertThat(site.curl("-i", "http://" + site.lan(150) + "/no-such").stdout())
                        .startsWith("HTTP/1.1 404 ")
                        .containsIgnoringCase("x-balancer: haproxy-a");
            }
            TestSite.await("status tells them", () -> answers4xx() == 4);
            assertThat(slow.until("</html>"))
                    .startsWith("HTTP/1.1 408 ")
                    .doesNotContainIgnoringCase("x-balancer");
        }
    }

    /// Of both web servers, as both balancers count.
    private static int answers4xx() {
        return Pattern.compile("\"answers_4xx\" : ([0-9]+)")
                .matcher(site.typed("status", "--json").stdout())
                .results()
                .mapToInt(one -> Integer.parseInt(one.group(1)))
                .sum();
    }

    @Test
    void whatANodeLogsIsReadByPrograms() {
        Output logs = site.typed("logs", "haproxy-b", "--since", "2h", "--tail", "3", "--json");
        assertThat(logs.exit()).as(logs.stderr()).isZero();
        assertThat(logs.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"node\":\"haproxy-b\",\"time\":\"20"));
        assertThat(site.typed("logs", "--since", "2099-01-01").lines()).isEmpty();
        Output text = site.typed("logs", "web-a", "--tail", "3");
        assertThat(text.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(site.container("web-a") + " "))
                .noneMatch(line -> line.contains("\033"));
    }

    @Test
    void withWebADownEverythingAnswersFromWebBAndBackAgainInTurn() {
        site.docker("stop", "web-a");

        for (String url : everyAddress()) {
            assertThat(site.whoAnswers(url, 6)).as(url).containsOnly("web-b");
        }
        assertThat(site.vipOwners(LiveSite.BALANCERS))
                .as("a dead web server does not move the VIP")
                .containsExactly("haproxy-a");
        Output status = site.typed("status");
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.stdout()).contains("not well:  web-a: its container is exited");

        site.docker("start", "web-a");
        site.awaitWell();
        everyAddress().forEach(CustomerSheetTest::alternates);
    }

    @Test
    void withHaproxyADownTheOtherAndTheVipGoOnAndBackAgainItIsMaster() {
        site.docker("stop", "haproxy-a");

        assertThat(site.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-b");
        assertThat(site.whoAnswers("http://" + site.network(50) + "/"))
                .as("haproxy-a fails: no route to host, or no answer in time")
                .isIn("curl 7", "curl 28");
        for (String url : everyAddress()) {
            if (!url.contains(site.network(50).toString())) {
                alternates(url);
            }
        }
        Output status = site.typed("status");
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.stdout()).contains("is held by haproxy-b").contains("UNKNOWN");

        site.docker("start", "haproxy-a");
        site.awaitWell();
        TestSite.await(
                "haproxy-a is master again",
                () -> site.vipOwners(LiveSite.BALANCERS).toString().equals("[haproxy-a]"));
        everyAddress().forEach(CustomerSheetTest::alternates);
    }

    private static String version(String url, String option) {
        return site.curl(option, "-o", "/dev/null", "-w", "%{http_version}", url).stdout().strip();
    }

    private static List<String> everyAddress() {
        return List.of(
                "http://" + site.network(50) + "/",
                "http://" + site.network(60) + "/",
                "https://" + site.network(50) + "/",
                "https://" + site.network(60) + "/",
                "http://" + site.lan(150) + "/",
                "https://" + site.lan(150) + "/");
    }

    /// Strictly in turn, whoever begins.
    private static void alternates(String url) {
        List<String> answers = site.whoAnswers(url, 6);
        List<String> fromA = List.of("web-a", "web-b", "web-a", "web-b", "web-a", "web-b");
        List<String> fromB = List.of("web-b", "web-a", "web-b", "web-a", "web-b", "web-a");
        assertThat(answers).as(url).isIn(fromA, fromB);
    }
}
