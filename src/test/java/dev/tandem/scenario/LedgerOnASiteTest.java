package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a drill needs to say of each request where it was: its id in the logs, the balancer's name
/// in the answer, an upload that tells how often it ran, and a download that is under way for long.
@Tag("containers")
class LedgerOnASiteTest {
    /// Whom HAProxy could ask for HTTP: its web servers, and the same two as the last resort.
    private static final List<String> SERVERS =
            List.of("web/web-a", "web/web-b", "last-resort/web-a", "last-resort/web-b");

    @RegisterExtension static TestSite site = TestSite.likeTheCustomers();

    @Test
    void everyAnswerNamesItsBalancerAndItsWebServer() {
        assertThat(head("http://" + site.lan(150) + "/"))
                .contains("x-balancer: haproxy-a\n")
                .containsPattern("x-served-by: web-[ab]\n");
        assertThat(head("https://" + site.lan(150) + "/")).contains("x-balancer: haproxy-a\n");
        assertThat(head("http://" + site.network(60) + "/")).contains("x-balancer: haproxy-b\n");
    }

    @Test
    void anErrorOfHaproxyItselfNamesTheBalancerToo() {
        for (String server : SERVERS) {
            haproxy("set server " + server + " state maint");
        }

        assertThat(head("http://" + site.network(60) + "/"))
                .startsWith("http/1.1 503 ")
                .contains("x-balancer: haproxy-b\n")
                .doesNotContain("x-served-by");

        for (String server : SERVERS) {
            haproxy("set server " + server + " state ready");
        }
        site.awaitWell();
    }

    @Test
    void theIdOfARequestStandsInBothLogs() {
        for (String scheme : List.of("http", "https")) {
            String id = "ledger-" + scheme + "-0001";

            site.curl("--header", "X-Tandem-Id: " + id, scheme + "://" + site.lan(150) + "/");

            TestSite.await("HAProxy logs it", () -> log("haproxy-a").contains(" {" + id + "} "));
            TestSite.await("Nginx logs it", () -> webLogs().contains(" id=" + id + "\n"));
        }
        site.whoAnswers("http://" + site.lan(150) + "/without-one");
        TestSite.await("Nginx logs it", () -> line("GET /without-one ").endsWith(" id=-"));
    }

    @Test
    void anUploadRunsOnceWhenItIsWhole() {
        for (String scheme : List.of("http", "https")) {
            String id = "whole-" + scheme;
            String url = scheme + "://" + site.lan(150) + "/tandem-drill/upload";
            String body = "x".repeat(64 << 10);

            String mark = "X-Tandem-Id: " + id;
            Output answer =
                    site.curl(
                            "--include",
                            "--data",
                            body,
                            "--header",
                            mark,
                            "--header",
                            DrillPass.header(site),
                            url);

            assertThat(answer.stdout()).contains(" 200 ").containsIgnoringCase("x-served-by: web-");
            TestSite.await("it is logged", () -> webLogs().contains(" id=" + id + "\n"));
            assertThat(webLogs()).containsOnlyOnce("ran id=" + id + " method=POST\n");
        }
        String url = "http://" + site.lan(150) + "/tandem-drill/upload";
        assertThat(site.curl("--include", "--header", DrillPass.header(site), url).stdout())
                .as("what does not upload does not run")
                .startsWith("HTTP/1.1 404 ");
        assertThat(errors()).as("Nginx's errors and warnings").isEmpty();
    }

    @Test
    void anUploadThatBreaksOffDoesNotRun() {
        for (String address : List.of(site.lan(150).toString(), site.network(2).toString())) {
            String id = "broken-off-" + address;
            String request =
                    "POST /tandem-drill/upload HTTP/1.1\\r\\nHost: drill\\r\\nX-Tandem-Id: "
                            + id
                            + "\\r\\n"
                            + DrillPass.header(site)
                            + "\\r\\nContent-Length: 60000\\r\\n\\r\\nonly so much";
            Shell.answer(
                    "bash",
                    "-c",
                    "exec 3<>/dev/tcp/" + address + "/80; printf '" + request + "' >&3; sleep 0.3");

            TestSite.await("it is logged", () -> webLogs().contains(" id=" + id + "\n"));
            assertThat(webLogs()).doesNotContain("ran id=" + id);
        }
        assertThat(errors()).as("Nginx's errors and warnings").isEmpty();
    }

    @Test
    void aSlowAnswerIsSpreadOverThreeSeconds() {
        String url = "http://" + site.lan(150) + "/tandem-drill/slow";
        String mark = DrillPass.header(site);
        String shown = "%{http_code} %{size_download} %{time_starttransfer} %{time_total}";

        String[] all =
                site.curl("--header", mark, "--output", "/dev/null", "--write-out", shown, url)
                        .stdout()
                        .split(" ", -1);
        // What has come after a second and a half is about the half of it.
        Output half = site.curl("--header", mark, "--max-time", "1.5", "--output", "-", url);

        assertThat(all).startsWith("200", "98304");
        assertThat(Double.parseDouble(all[2])).as("seconds to the first byte").isLessThan(1);
        assertThat(Double.parseDouble(all[3])).as("seconds to the last").isBetween(2.0, 5.0);
        assertThat(half.exit()).as("curl ran out of time").isEqualTo(28);
        assertThat(half.stdout().length()).isBetween(16 << 10, 80 << 10);
    }

    /// The head of an answer, in small letters: those of names differ with the version of HTTP.
    private static String head(String url) {
        return site.curl("--dump-header", "-", "--output", "/dev/null", url)
                .stdout()
                .replace("\r", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static void haproxy(String command) {
        String perl =
                "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new('/run/haproxy/admin.sock')"
                        + " or die; print $s \"$ARGV[0]\\n\"; print <$s>";
        Output output = site.exec("haproxy-b", "perl", "-e", perl, command);
        assertThat(output.ok()).as(output.stderr()).isTrue();
        assertThat(output.stdout().strip()).isEmpty();
    }

    private static String line(String part) {
        return webLogs().lines().filter(l -> l.contains(part)).findFirst().orElse("");
    }

    private static String webLogs() {
        return log("web-a") + log("web-b");
    }

    private static String log(String node) {
        return Shell.run(site.directory(), "docker", "logs", site.container(node)).stdout();
    }

    private static String errors() {
        return Shell.run(site.directory(), "docker", "logs", site.container("web-a")).stderr()
                + Shell.run(site.directory(), "docker", "logs", site.container("web-b")).stderr();
    }
}
