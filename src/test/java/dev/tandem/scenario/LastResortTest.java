package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// No web server passes its checks, and yet they would answer (decision 0016).
@Tag("containers")
@Tag("slow")
class LastResortTest {
    private static final String ALIVE = "alive.html";
    private static final List<String> SERVERS = List.of("web-a", "web-b");

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
                            backend:
                              check: /alive.html
                            servers:
                              web-a: {content: ./web-a}
                              web-b: {content: ./web-b}
                            """));

    private static final TestSite SITE = LIVE.site();

    static {
        for (String server : SERVERS) {
            SITE.file(server + "/index.html", "<h1>" + server + "</h1>\n");
            SITE.file(server + "/" + ALIVE, "alive\n");
        }
    }

    /// Before the site is looked at again; a test that failed must not leave its orders.
    @AfterEach
    void takeTheOrdersBack() {
        SERVERS.forEach(server -> order("ready", server));
    }

    @Test
    void webServersWhoseChecksAllFailAreAskedAllTheSame() throws IOException {
        try (Checks _ = Checks.failing()) {
            for (String url : urls()) {
                assertThat(SITE.whoAnswers(url, 20)).as(url).containsOnly("web-a", "web-b");
            }
        }
    }

    @Test
    void aDrainedServerIsNoLastResortAlsoAfterAReload() throws IOException {
        order("drain", "web-a");
        try (Checks _ = Checks.failing()) {
            for (String url : urls()) {
                assertThat(SITE.whoAnswers(url, 6)).as(url).containsOnly("web-b");
            }
            Output reload = LIVE.reload("haproxy-a", "haproxy");
            assertThat(reload.ok()).as(reload.stderr()).isTrue();
            for (String url : urls()) {
                assertThat(SITE.whoAnswers(url, 6)).as(url).containsOnly("web-b");
            }
        }
    }

    /// Connections to one that is silent are ended so that another one is asked; here is no other.
    @Test
    void whatTheLastWebServerWasDoingWhenItHungGoesOnWhenItDoes() throws IOException {
        order("drain", "web-b");
        Path got = SITE.directory().resolve("slow.txt");
        CompletableFuture<Output> slow =
                CompletableFuture.supplyAsync(
                        () -> SITE.curl(slowDownload(got)), Thread::startVirtualThread);
        TestSite.await(
                "the download has begun", () -> Files.exists(got) && got.toFile().length() > 0);
        SITE.docker("pause", "web-a");
        try {
            awaitReady("503");
        } finally {
            SITE.docker("unpause", "web-a");
        }

        Output output = slow.join();

        assertThat(output.ok()).as(output.stderr()).isTrue();
        assertThat(output.stdout()).isEqualToIgnoringWhitespace("200");
        assertThat(Files.size(got)).isEqualTo(96 << 10);
        awaitReady("200");
    }

    /// A paused web server still takes connections: its kernel does. For HAProxy it is late, and it
    /// is so for both balancers.
    @Test
    void webServersThatAreOnlyLateDoNotMoveTheVip() {
        String late = "init: web servers take connections and are late: the VIP stays";
        SERVERS.forEach(server -> SITE.docker("pause", server));
        try {
            TestSite.await(
                    "the master has thought of it", () -> SITE.log("haproxy-a").contains(late));
            TestSite.await(
                    "the backup would not take it", () -> serversDown("haproxy-b").equals("1"));

            assertThat(serversDown("haproxy-a")).isEqualTo("0");
            assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        } finally {
            SERVERS.forEach(server -> SITE.docker("unpause", server));
        }
        awaitReady("200");
    }

    private static String serversDown(String balancer) {
        return SITE.fact(balancer, "servers_down");
    }

    private static void order(String verb, String server) {
        Output output = SITE.tandem(verb, server);
        assertThat(output.ok()).as(output.stderr()).isTrue();
    }

    private static String[] slowDownload(Path into) {
        String url = "http://" + SITE.lan(150) + "/tandem-drill/slow";
        return new String[] {
            "--max-time",
            "60",
            "--no-buffer",
            "--header",
            DrillPass.header(SITE),
            "-o",
            into.toString(),
            "-w",
            "%{http_code}",
            url
        };
    }

    /// The VIP and each balancer, over HTTP, and the VIP over HTTPS.
    private static List<String> urls() {
        return List.of(
                "http://" + SITE.lan(150) + "/",
                "https://" + SITE.lan(150) + "/",
                "http://" + SITE.network(50) + "/",
                "http://" + SITE.network(60) + "/");
    }

    /// What both balancers say of themselves.
    private static void awaitReady(String status) {
        for (int address : List.of(50, 60)) {
            String url = "http://" + SITE.network(address) + ":8404/ready";
            TestSite.await(
                    url + " answers " + status,
                    () ->
                            SITE.curl("-o", "/dev/null", "-w", "%{http_code}", url)
                                    .stdout()
                                    .strip()
                                    .equals(status));
        }
    }

    /// The page that the checks ask for is gone from both web servers.
    private record Checks() implements AutoCloseable {
        static Checks failing() throws IOException {
            for (String server : SERVERS) {
                Files.delete(page(server));
            }
            awaitReady("503");
            return new Checks();
        }

        @Override
        public void close() throws IOException {
            for (String server : SERVERS) {
                Files.writeString(page(server), "alive\n");
            }
            awaitReady("200");
        }

        private static Path page(String server) {
            return SITE.directory().resolve(server).resolve(ALIVE);
        }
    }
}
