package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `http3: on`, by a client of ngtcp2: what it gets, and what becomes of its connections when the
/// balancer is reloaded, and when the VIP moves.
@Tag("containers")
@Tag("slow")
class Http3Test {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(asked());
    private static final TestSite SITE = LIVE.site();
    private static final String VIP = SITE.lan(150).toString();
    private static final Path CLIENT = Shell.HOME.resolve("target/test-tools/ngtcp2/usr");

    /// H3_NO_ERROR (RFC 9114, section 8.1).
    private static final String NO_ERROR = "error_code=(unknown)(0x100)";

    /// A client that was told nothing waits until its connection is idle for 30 s.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static TestSite asked() {
        TestSite site = TestSite.forLoad();
        site.write(
                site.text()
                        + """
                        http3: on
                        routes:
                          - {path: /inside/, to: web, allow: [192.0.2.0/24]}
                        """);
        return site;
    }

    private static List<String> command(String path, String... options) {
        List<String> argv = new ArrayList<>(List.of("env", "LD_LIBRARY_PATH=" + libraries()));
        argv.addAll(List.of(CLIENT.resolve("bin/gtlsclient").toString(), "--no-quic-dump"));
        argv.addAll(List.of("--exit-on-all-streams-close"));
        argv.addAll(List.of(options));
        argv.addAll(List.of(VIP, "443", "https://web.test" + path));
        return argv;
    }

    private static Path libraries() {
        try (Stream<Path> all = Files.walk(CLIENT)) {
            return all.filter(path -> path.endsWith("libnghttp3.so.3"))
                    .flatMap(path -> Stream.ofNullable(path.getParent()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError("setup/test-tools fetches a client of HTTP/3", e);
        }
    }

    private static String asks(String path, String... options) {
        var output = Shell.run(SITE.directory(), command(path, options).toArray(String[]::new));
        return output.stdout() + output.stderr();
    }

    /// A client that is connected, and asks three seconds later.
    private static CompletableFuture<String> asksLater() {
        CompletableFuture<String> said =
                CompletableFuture.supplyAsync(
                        () -> asks("/", "--delay-stream=3s"), Thread::startVirtualThread);
        TestSite.await(
                "it is connected",
                () ->
                        Stream.of("haproxy-a", "haproxy-b")
                                .anyMatch(node ->
                                        SITE.exec(node, "ss", "-Huan").stdout().contains(":443 ")));
        return said;
    }

    @Test
    void itAnswersAtTheVipAndSaysSoOverTcpThereAlone() {
        assertThat(asks("/"))
                .contains("Negotiated ALPN is h3", "[:status: 200]")
                .as("a slow answer is awaited as long as over TCP: `timeout server`")
                .contains("remote transport_parameters max_idle_timeout=60000");
        assertThat(asks("/inside/")).contains("[:status: 403]");
        assertThat(SITE.tandem("logs", "haproxy-a").stdout()).contains("\"GET / HTTP/3.0\"");
        assertThat(SITE.curl("-D-", "https://" + VIP + "/").stdout())
                .containsIgnoringCase("alt-svc: h3=\":443\"; ma=900");
        assertThat(SITE.curl("-kD-", "https://" + SITE.network(50) + "/").stdout())
                .contains("200")
                .doesNotContainIgnoringCase("alt-svc");
    }

    /// Who has nothing to do is told that all is well, and comes again.
    @Test
    void aReloadTellsWhoIsIdleToComeAgain() {
        CompletableFuture<String> idle = asksLater();
        assertThat(SITE.exec("haproxy-a", "reload", "haproxy").exit()).isZero();
        assertThat(idle.join()).contains(NO_ERROR);
        assertThat(asks("/")).contains("[:status: 200]");
    }

    /// It is not handed over; but the client need not wait until it finds out.
    @Test
    void whoseConnectionIsGoneIsToldAtOnceAndIsServedByTheOther() {
        CompletableFuture<String> client = asksLater();
        assertThat(SITE.tandem("switchover").exit()).isZero();
        long moved = System.nanoTime();
        assertThat(client.join()).doesNotContain("[:status: 200]").contains("ERR_DRAINING");
        assertThat(Duration.ofNanos(System.nanoTime() - moved)).isLessThan(SOON);
        assertThat(asks("/")).contains("[:status: 200]");
        assertThat(SITE.tandem("logs", "haproxy-b").stdout()).contains("\"GET / HTTP/3.0\"");
        assertThat(SITE.tandem("switchover", "haproxy-a").exit()).isZero();
    }
}
