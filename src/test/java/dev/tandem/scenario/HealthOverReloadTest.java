package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the checks of one worker of HAProxy have found out holds for the next one (decision 0014).
@Tag("containers")
@Tag("slow")
class HealthOverReloadTest {
    /// Five checks, a second each, until a web server is down: time to see what the first one does.
    @RegisterExtension
    static final LiveSite LIVE =
            new LiveSite(
                    TestSite.of(
                            """
                            vip:
                              address: 192.168.0.150
                            balancers:
                              haproxy-a:
                              haproxy-b:
                            servers:
                              web-a:
                              web-b:
                            timing:
                              check: 1s
                              check_fast: 1s
                              check_limit: 500ms
                              fall: 5
                            """));

    private static final TestSite SITE = LIVE.site();

    @Test
    void oneLateCheckAfterAReloadDoesNotTakeAWebServerOut() {
        String worker = SITE.worker("haproxy-a");
        CompletableFuture<Output> reload;
        SITE.docker("pause", "web-b");
        try {
            reload = CompletableFuture.supplyAsync(HealthOverReloadTest::reload);
            TestSite.await(
                    "the new worker had a check of web-b that failed",
                    () ->
                            !SITE.worker("haproxy-a").equals(worker)
                                    && webB("status").contains("UP 4/5"));
        } finally {
            SITE.docker("unpause", "web-b");
        }

        Output output = reload.join();

        assertThat(output.ok()).as(output.stderr()).isTrue();
        assertThat(output.stdout()).doesNotContain("did not decide");
        assertThat(webB("status")).containsExactly("UP", "UP");
        assertThat(webB("chkdown")).as("times that it was taken out").containsExactly("0", "0");
    }

    @Test
    void aWebServerThatIsDownGetsNoRequestFromTheNewWorker() {
        SITE.docker("stop", "web-b");
        try {
            TestSite.await("web-b is down", () -> webB("status").equals(List.of("DOWN", "DOWN")));
            String worker = SITE.worker("haproxy-a");
            CompletableFuture<Output> requests =
                    CompletableFuture.supplyAsync(HealthOverReloadTest::requests);

            Output output = reload();

            assertThat(output.ok()).as(output.stderr()).isTrue();
            assertThat(requests.join().ok()).isTrue();
            assertThat(SITE.worker("haproxy-a")).isNotEqualTo(worker);
            assertThat(webB("status")).containsExactly("DOWN", "DOWN");
            assertThat(webB("lbtot")).as("requests that were given to it").containsOnly("0");
        } finally {
            SITE.docker("start", "web-b");
        }
    }

    private static Output reload() {
        return SITE.exec("haproxy-a", "reload", "haproxy");
    }

    /// A connection each, because one that is kept stays with its worker.
    private static Output requests() {
        String url = "http://" + SITE.network(50) + "/?[1-1000]";
        return SITE.curl("--fail", "-o", "/dev/null", "-H", "Connection: close", url);
    }

    /// A column of what haproxy-a says of web-b (management guide, 9.1): of web, then of web-tls.
    private static List<String> webB(String column) {
        List<String[]> table = runtime("show stat -1 4 -1").map(l -> l.split(",", -1)).toList();
        int index = Arrays.asList(table.getFirst()).indexOf(column);
        return table.stream()
                .filter(f -> f.length > index && f[0].startsWith("web") && f[1].equals("web-b"))
                .map(fields -> fields[index])
                .toList();
    }

    private static Stream<String> runtime(String command) {
        return SITE.exec("haproxy-a", "runtime", command).lines().stream();
    }
}
