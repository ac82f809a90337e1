package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a site file says that one client may take (`limits`), and who may ask for the health page
/// (`listen.health_from`). One site has all of it; a client is this host, or a machine on the LAN.
@Tag("containers")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientLimitsTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(limited());
    private static final TestSite SITE = LIVE.site();

    /// On neither of the site's subnets; this host has it for the time of a test.
    private static final String ELSEWHERE =
            "198.51.100." + (1 + ProcessHandle.current().pid() % 254);

    /// curl's words for a connection that is refused, closed without an answer, or reset.
    private static final List<String> DISCONNECTED = List.of("curl 7", "curl 52", "curl 56");

    /// So few files, and as many requests over one connection: no more than `limits` allow in a
    /// minute.
    private static final int FILES = 300;

    private static final int MANY = 100;

    private static final String PASSWORD = "monitor:secret";

    private static TestSite limited() {
        TestSite site = TestSite.forLoad();
        String hash = "$5$xyzsaltxyz$DVMkg04vp5nfneKYfvQXMte0a1N4r6vdUaJSyt0sK01";
        site.write(
                site.text()
                        + "limits: {logs: 90m, per_client: {connections: 20, requests: 100/60s}}\n"
                        + "listen:\n  health_user: monitor\n  health_password: "
                        + hash
                        + "\n");
        return site;
    }

    private static String health(String path, String... options) {
        String url = "http://" + SITE.network(50) + ":8404" + path;
        String[] argv =
                Stream.of(
                                Stream.of("-o", "/dev/null", "-w", "%{http_code}"),
                                Stream.of(options),
                                Stream.of(url))
                        .flatMap(part -> part)
                        .toArray(String[]::new);
        Output output = SITE.curl(argv);
        return output.ok() ? output.stdout().strip() : "curl " + output.exit();
    }

    private static String metrics() {
        String url = "http://" + SITE.network(50) + ":8404/metrics";
        return SITE.curl("--user", PASSWORD, url).stdout();
    }

    /// The other client has an allotment of its own, and the balancers have none.
    @Test
    void whoSendsMoreRequestsThanItMayGets429AndOthersDoNot() {
        String url = "http://" + SITE.lan(150) + "/";
        List<String> statuses =
                SITE.curl("-o", "/dev/null", "-w", "%{http_code}\n", url + "?[1-110]").lines();
        assertThat(Collections.frequency(statuses, "200")).isEqualTo(100);
        assertThat(Collections.frequency(statuses, "429")).isEqualTo(10);
        assertThat(SITE.curl("-D", "-", "-o", "/dev/null", url).stdout())
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("retry-after: 60")
                .containsIgnoringCase("x-balancer: haproxy-a");
        assertThat(metrics())
                .contains("haproxy_frontend_requests_denied_total{proxy=\"http\"} 11\n")
                .contains("haproxy_sticktable_used{name=\"requests\",type=\"ip\"} ");

        try (LanClient other = LanClient.of(SITE, "other")) {
            assertThat(other.ask(1)).containsExactly("http 200", "https 200");
        }
        String vip = SITE.lan(150).toString();
        Output peer = SITE.exec("haproxy-b", "probe", SITE.lan(151) + "", "80", "443", vip, "60");
        assertThat(peer.lines()).hasSize(120).allMatch(line -> line.endsWith(" 200"));
    }

    @Test
    void theLogOfEachContainerHasItsBound() {
        String format = "{{.HostConfig.LogConfig.Type}} {{json .HostConfig.LogConfig.Config}}";
        for (String node : List.of("haproxy-a", "haproxy-b", "web-a", "web-b")) {
            assertThat(Shell.answer("docker", "inspect", "-f", format, SITE.container(node)))
                    .isEqualTo("local {\"max-file\":\"3\",\"max-size\":\"30m\"}");
        }
    }

    @Test
    void whoOpensMoreConnectionsThanItMayHasThemClosed() {
        assertThat(Hog.run(SITE, "idle", 80, 30, 0)).isEqualTo(new Hog(20, 20));
        assertThat(Hog.run(SITE, "idle", 443, 30, 0)).isEqualTo(new Hog(20, 20));
        assertThat(metrics())
                .contains("haproxy_frontend_denied_connections_total{proxy=\"http\"} 10\n")
                .contains("haproxy_frontend_denied_connections_total{proxy=\"https\"} 10\n");
    }

    @Test
    void thePageAndTheMetricsNeedThePasswordAndPlainChecksDoNot() {
        assertThat(health("/health")).isEqualTo("200");
        assertThat(health("/ready")).isEqualTo("200");
        for (String path :
                List.of(
                        "/",
                        "/metrics",
                        "/tandem/metrics",
                        "/status.json",
                        "/site.json",
                        "/haproxy",
                        "/haproxy;csv")) {
            assertThat(health(path)).as(path).isEqualTo("401");
            assertThat(health(path, "--user", "monitor:wrong")).as(path).isEqualTo("401");
            assertThat(health(path, "--user", PASSWORD)).as(path).isEqualTo("200");
        }
        assertThat(metrics()).doesNotContain("build_info").doesNotContain("3.0.");
        assertThat(Shell.run(Shell.HOME, "docker", "logs", SITE.container("haproxy-a")).stdout())
                .contains("\"GET /metrics HTTP/1.1\"")
                .doesNotContain("\"GET /ready HTTP/1.0\"");
    }

    /// Each tells the other without a password, and nobody else can tell either of them anything.
    @Test
    void balancersTellEachOtherAndTheirPageNeedsThePassword() {
        String site = "http://" + SITE.lan(150) + ":8404/site.json?events=0";
        assertThat(SITE.curl("--user", PASSWORD, site).stdout())
                .contains("\"node\":\"haproxy-a\",\"address\":\"" + SITE.lan(151) + "\",\"told\":{")
                .contains(
                        "\"node\":\"haproxy-b\",\"address\":\"" + SITE.lan(152) + "\",\"told\":{");
        assertThat(health("/news", "--user", PASSWORD, "-d", "{}")).isEqualTo("403");
        assertThat(health("/status.json", "--user", PASSWORD, "-d", "{}")).isEqualTo("405");
    }

    @Test
    void theHealthPageIsForTheSitesOwnSubnets() {
        Shell.type("ip address add " + ELSEWHERE + "/32 dev lo");
        try {
            String[] from = {"--interface", ELSEWHERE};
            assertThat(health("/health")).isEqualTo("200");
            assertThat(health("/health", from)).isIn(DISCONNECTED);
            String[] login = {"--interface", ELSEWHERE, "--user", PASSWORD};
            assertThat(health("/status.json", login)).isIn(DISCONNECTED);
            assertThat(SITE.curl("--interface", ELSEWHERE, "http://" + SITE.lan(150) + "/").ok())
                    .as("its clients are served")
                    .isTrue();
        } finally {
            Shell.type("ip address delete " + ELSEWHERE + "/32 dev lo");
        }
    }

    /// Half of what a balancer can hold is a small number where it may have few files open: so many
    /// as the init finds when HAProxy is started again.
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void requestsUnderWayAreBoundedAlsoOverOneConnection() throws IOException {
        String pid =
                Shell.answer(
                        "docker", "inspect", "-f", "{{.State.Pid}}", SITE.container("haproxy-b"));
        Shell.answer("prlimit", "--pid", pid, "--nofile=" + FILES + ":" + FILES);
        SITE.exec("haproxy-b", "sh", "-c", "kill -KILL $(cat /run/tandem/haproxy.pid)");
        TestSite.await("the init says how much that is", () -> half() < MANY);
        TestSite.await("it serves", () -> SITE.exec("haproxy-b", "healthy").ok());

        H2 many = new H2();
        String secret = DrillPass.of(SITE).value();
        for (int i = 0; i < MANY; i++) {
            many.headers(2 * i + 1, H2.END_STREAM, slow(secret));
        }
        RawClient client = new RawClient(SITE.network(60).toString(), 80);

        Map<Boolean, Integer> served = H2.served(client.exchange(many.bytes()));
        assertThat(served.get(false)).as("429").isEqualTo(MANY - half());
        assertThat(served.get(true)).as("those that have begun").isBetween(1, half());
    }

    /// Takes longer than all of them take to arrive.
    private static List<String> slow(String secret) {
        Stream<String> head =
                Stream.of(":method", "GET", ":scheme", "http", ":path", "/tandem-drill/slow");
        Stream<String> rest = Stream.of(":authority", "x", "x-tandem-drill", secret);
        return Stream.concat(head, rest).toList();
    }

    /// What haproxy-b has said last that one address may have.
    private static int half() {
        return Pattern.compile("one address (\\d+) of them")
                .matcher(SITE.log("haproxy-b"))
                .results()
                .mapToInt(said -> Integer.parseInt(said.group(1)))
                .reduce(MANY, (_, last) -> last);
    }

    /// The inits ask all the same: the VIP stays, and `status` finds all well.
    @Test
    @Order(Integer.MAX_VALUE)
    void whoIsNotListedIsDisconnectedAndTheInitIsNot() {
        String from = "  health_from: [203.0.113.0/24]\n  health_user:";
        SITE.file("tandem.yaml", SITE.text().replace("  health_user:", from));
        assertThat(SITE.tandem("plan").stdout())
                .contains("listen.health_from: none → [203.0.113.0/24]");
        SITE.up();
        assertThat(health("/health")).isIn(DISCONNECTED);
        SITE.awaitWell();
        assertThat(SITE.exec("haproxy-a", "healthy").ok()).isTrue();
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
    }
}
