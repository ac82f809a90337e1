package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Three pools behind one virtual IP: routes by host and path, changes of them under load, and who
/// holds the VIP when pools are lost (decision 0043).
@Tag("containers")
@Tag("counting")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PoolsTest {
    private static final String MASTER = "haproxy-a";
    private static final String BACKUP = "haproxy-b";

    private static final TestSite SITE =
            TestSite.of(
                    """
                    vip:
                      address: 192.168.0.150
                    balancers:
                      haproxy-a:
                      haproxy-b:
                    servers:
                      web-a: {content: ./pages}
                    pools:
                      api:
                        servers:
                          api-1: {content: ./api, weight: 50%}
                          api-2: {content: ./api}
                        sticky: cookie
                        maintenance: ./closed.html
                      img:
                        servers:
                          img-1: {content: ./api, max_connections: 100}
                    routes:
                      - {host: api.test, path: /v1/, to: api, strip: /v1}
                      - {host: api.test, to: api}
                      - {host: "*.old.test", redirect: "https://www.test", code: 301}
                      - {path: /images/, to: img}
                      - {path: /closed/, allow: [203.0.113.0/24], to: img}
                      - {path: /open/, allow: [203.0.113.0/24, 192.168.0.0/24], to: img, strip: /open}
                      - {host: admin.test, users: ./htpasswd, to: api}
                      - {path: /moved, redirect: "https://www.test/new?by=us"}
                    trusted_proxies: [192.168.0.1]
                    errors: {"503": ./sorry.html}
                    haproxy:
                      pool:
                        api: http-response set-header X-Pool %[be_name] if { capture.req.uri -m end ?pool }
                        img: http-response set-header X-Pool images if { capture.req.uri -m end ?pool }
                    timing:
                      check_limit: 2s
                      connect: 1s
                      fall: 4
                    """);

    private static final String USERS =
            """
            anna:$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.
            ben:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a
            """;

    /// So many requests reach every web server of a pool, also where one has half the weight.
    private static final int TURNS = 4;

    private static final EachBalancer API = new EachBalancer(SITE, "api.test");

    /// By address: one balancer that differed would show, and no web server is without any.
    private static final int CLIENTS = 16;

    private static final ChangingSite LIVE = new ChangingSite(SITE);

    @BeforeAll
    static void begin() throws Exception {
        UnderLoad.provide(SITE);
        SITE.file("closed.html", "closed\n");
        SITE.file("sorry.html", "sorry\n");
        SITE.file("htpasswd", USERS);
        SITE.file("api/index.html", "root\n");
        SITE.file("api/users/index.html", "users\n");
        SITE.file("api/images/index.html", "images\n");
        SITE.up();
        LIVE.begin();
    }

    @AfterAll
    static void end() throws Exception {
        LIVE.end();
    }

    @BeforeEach
    void isWell() {
        SITE.awaitWell();
    }

    /// What comes of a request: the status, the web server, and where the client is sent.
    private static String of(String scheme, String host, String path) {
        String url = scheme + "://" + SITE.lan(150) + path;
        Output output =
                SITE.curl(
                        "--path-as-is",
                        // A pool that is gone is tried for some seconds, and who asks over HTTP/2
                        // and gets nothing by then is told by HAProxy to try again.
                        "--http1.1",
                        "--max-time",
                        "30",
                        "-H",
                        "Host: " + host,
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code} %header{x-served-by} %header{location}%header{x-pool}",
                        url);
        assertThat(output.ok()).as(output.stderr()).isTrue();
        return output.stdout().strip();
    }

    private static Set<String> whoServes(String host, String path) {
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < TURNS; i++) {
            for (String scheme : List.of("http", "https")) {
                all.add(of(scheme, host, path));
            }
        }
        return all;
    }

    private static void routesAreFollowed() {
        assertThat(whoServes("www.test", "/")).containsExactly("200 web-a");
        assertThat(whoServes("api.test", "/")).containsExactly("200 api-1", "200 api-2");
        assertThat(whoServes("API.test.:8080", "/v1/users/"))
                .containsExactly("200 api-1", "200 api-2");
        assertThat(whoServes("api.test", "/v1users/")).containsExactly("404 api-1", "404 api-2");
        assertThat(whoServes("www.test", "/images/")).containsExactly("200 img-1");
        assertThat(whoServes("a.b.old.test", "/x?y=1"))
                .containsExactly("301  https://www.test/x?y=1");
        assertThat(whoServes("www.test", "/moved/on"))
                .containsExactly("302  https://www.test/new?by=us");
        assertThat(whoServes("www.test", "/open/users/")).containsExactly("200 img-1");
    }

    @Test
    @Order(1)
    void requestsReachTheirPoolByHostAndPath() {
        routesAreFollowed();
        LIVE.nothingIsLost("requests by host and path");
    }

    /// The passwords are "secret", hashed by `htpasswd -5` and `-B`.
    @Test
    @Order(1)
    void whoHasNoPasswordIsRefused() {
        EachBalancer admin = new EachBalancer(SITE, "admin.test");
        assertThat(admin.of(1)).containsExactly("401");
        assertThat(admin.of(1, "-u", "anna:other")).containsExactly("401");
        assertThat(admin.of(1, "-u", "eve:secret")).containsExactly("401");
        for (String user : List.of("anna", "ben")) {
            assertThat(admin.of(2, "-u", user + ":secret"))
                    .allMatch(line -> line.startsWith("200 api-"));
        }
        SITE.file("htpasswd", USERS.replace("ben", "eve"));
        assertThat(LIVE.plan())
                .contains("haproxy-a  haproxy.cfg: a file of users has changed")
                .doesNotContain("$5$", "$2y$");
        SITE.file("htpasswd", USERS);
    }

    @Test
    @Order(1)
    void whoIsNotAllowedIsRefusedHoweverThePathIsSpelled() {
        othersAreRefused();
    }

    private static void othersAreRefused() {
        for (String path : List.of("/closed/", "//closed/", "/%63losed/", "/closed%2F")) {
            assertThat(whoServes("www.test", path)).as(path).containsExactly("403");
        }
        for (String path : List.of("/x/../closed/", "/./closed/", "/x/%2e%2e/closed/", "/x/..")) {
            assertThat(whoServes("www.test", path)).as(path).containsExactly("400");
        }
    }

    @Test
    @Order(1)
    void aLineOfHaproxysOwnIsForOnePoolAndOneThatItRefusesIsNamedByItsKey() {
        assertThat(whoServes("www.test", "/images/?pool")).containsExactly("200 img-1 images");
        assertThat(whoServes("api.test", "/?pool")).contains("200 api-1 api", "200 api-2 api-tls");
        assertThat(whoServes("www.test", "/?pool")).containsExactly("200 web-a");
        LIVE.edit("X-Pool images if ", "X-Pool images iff ");
        Output refused = LIVE.apply();
        assertThat(refused.exit()).as(refused.stdout() + refused.stderr()).isEqualTo(5);
        assertThat(refused.stderr()).contains("haproxy.pool.img in tandem.yaml: http-response");
        LIVE.edit("X-Pool images iff ", "X-Pool images if ");
        LIVE.nothingIsLeftToDo();
    }

    @Test
    @Order(2)
    void ordersAreGivenByTheNameOfAWebServerOfAnyPool() {
        ordered("drain", "api-1");
        assertThat(whoServes("api.test", "/")).containsExactly("200 api-2");
        ordered("ready", "api-1");
        ordered("weight", "api-1", "10%");
        assertThat(SITE.exec(MASTER, "runtime", "get weight api/api-1").stdout())
                .as("10 %% of 50 %%")
                .startsWith("5 (initial 50)");
        LIVE.nothingIsLeftToDo();
        ordered("weight", "api-1", "100%");
        Output last = SITE.tandem("drain", "img-1");
        assertThat(last.exit()).as(last.stdout() + last.stderr()).isEqualTo(4);
        assertThat(last.stdout() + last.stderr()).contains("the pool img");
        LIVE.nothingIsLost("orders");
    }

    private static void ordered(String... verb) {
        Output output = SITE.tandem(verb);
        assertThat(output.ok()).as(output.stdout() + output.stderr()).isTrue();
    }

    @Test
    @Order(2)
    void aCookieLeadsToItsWebServerOnEachBalancerUntilThatIsDrained() {
        String attributes = "; path=/; HttpOnly; SameSite=Lax";
        assertThat(API.of(TURNS, "-H", "Cookie: other=1"))
                .containsExactly(
                        "200 api-1 SRV-api=api-1" + attributes,
                        "200 api-2 SRV-api=api-2" + attributes);
        String[] first = {"-H", "Cookie: a=1; SRV-api=api-1; b=2"};
        assertThat(API.of(2, first)).containsExactly("200 api-1");
        assertThat(API.of(2, "-H", "Cookie: SRV-api=api-2")).containsExactly("200 api-2");
        ordered("drain", "api-1");
        String moved = "200 api-2 SRV-api=api-2" + attributes;
        assertThat(API.of(2, first)).as("drained").containsExactly(moved);
        assertThat(SITE.exec(MASTER, "reload", "haproxy").ok()).isTrue();
        assertThat(API.of(2, first)).as("and read again").containsExactly(moved);
        ordered("ready", "api-1");
        assertThat(API.of(2, first)).containsExactly("200 api-1");
        LIVE.nothingIsLost("cookies");
    }

    private static void answered(EachBalancer host, String page) {
        String how = "503 text/html; charset=utf-8 haproxy-";
        assertThat(host.pages()).containsExactly(how + "a", how + "b", page);
    }

    @Test
    @Order(2)
    void aPoolInMaintenanceAnswersWithItsPageWithoutAReload() {
        String worker = SITE.worker(MASTER);
        ordered("maintenance", "api");
        answered(API, "closed");
        assertThat(whoServes("www.test", "/")).containsExactly("200 web-a");
        LIVE.nothingIsLeftToDo();
        assertThat(SITE.tandem("status").ok()).as("it is asked for").isTrue();
        ordered("ready", "api");
        assertThat(whoServes("api.test", "/")).containsExactly("200 api-1", "200 api-2");
        assertThat(SITE.worker(MASTER)).isEqualTo(worker);
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly(MASTER);
        LIVE.nothingIsLost("maintenance of another pool");
    }

    /// Each client's web server, by its address.
    private static Map<String, String> byAddress() {
        Map<String, String> all = new TreeMap<>();
        for (int i = 1; i <= CLIENTS; i++) {
            String client = "198.51.100." + i;
            assertThat(API.of(1, "-H", "X-Forwarded-For: " + client))
                    .as(client)
                    .singleElement()
                    .satisfies(one -> all.put(client, one));
        }
        return all;
    }

    private static void anAddressLeadsToTheSameWebServerOnEachBalancer() {
        Map<String, String> before = byAddress();
        assertThat(before.values()).containsOnly("200 api-1", "200 api-2");
        ordered("drain", "api-1");
        assertThat(byAddress().values()).as("drained").containsOnly("200 api-2");
        ordered("ready", "api-1");
        assertThat(byAddress()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void aPoolThatIsDownEverywhereConcernsItsRoutesAloneAndHidesNoOtherOne() {
        SITE.docker("stop", "img-1");
        try {
            awaitDown("1", "1");
            assertThat(of("http", "www.test", "/images/")).isEqualTo("503");
            assertThat(of("https", "www.test", "/images/")).isEqualTo("503");
            answered(new EachBalancer(SITE, "www.test"), "sorry");
            assertThat(whoServes("api.test", "/")).containsExactly("200 api-1", "200 api-2");
            String ready = "http://" + SITE.network(50) + ":8404/ready";
            assertThat(SITE.curl("--fail", ready).stdout().strip()).isEqualTo("ready; down: img,");
            assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly(MASTER);

            cut();
            awaitDown("2", "1");
            TestSite.await(
                    "the VIP is with who serves more",
                    () -> SITE.vipOwners(LiveSite.BALANCERS).equals(Set.of(BACKUP)));
            assertThat(whoServes("api.test", "/")).containsExactly("200 api-1", "200 api-2");
            heal();
            TestSite.await(
                    "the VIP is back",
                    () -> SITE.vipOwners(LiveSite.BALANCERS).equals(Set.of(MASTER)));
        } finally {
            heal();
            SITE.docker("start", "img-1");
        }
        LIVE.nothingIsLost("lost pools");
    }

    private static void awaitDown(String master, String backup) {
        TestSite.await(
                "pools that are lost: %s and %s".formatted(master, backup),
                () ->
                        SITE.fact(MASTER, "servers_down").equals(master)
                                && SITE.fact(BACKUP, "servers_down").equals(backup));
    }

    /// The master no longer reaches the web servers of the pool api.
    private static void cut() {
        String script =
                "nft add table ip cut && nft add chain ip cut out"
                        + " '{ type filter hook output priority 0; }' && nft add rule ip cut out"
                        + " ip daddr { %s, %s } drop".formatted(SITE.network(3), SITE.network(4));
        Output output = SITE.exec(MASTER, "sh", "-c", script);
        assertThat(output.ok()).as(output.stderr()).isTrue();
    }

    private static void heal() {
        SITE.exec(MASTER, "nft", "delete", "table", "ip", "cut");
    }

    @Test
    @Order(4)
    void routesBecomeAMapByAReloadAndNothingIsLost() {
        String worker = SITE.worker(MASTER);
        String container = LIVE.containerId(MASTER);
        LIVE.edit(
                "  - {path: /moved,",
                """
                  - {host: one.test, path: /a/, to: web}
                  - {host: "*.deep.test", path: /a/, to: api}
                  - {path: /moved,\
                """);
        assertThat(LIVE.plan())
                .contains(
                        "reload     haproxy-b  haproxy.cfg: routes.one.test/a/: added",
                        "reload     haproxy-a  haproxy.cfg: routes.one.test/a/: added");
        LIVE.applied();
        SITE.file("sorry.html", "other\n");
        assertThat(LIVE.plan())
                .contains("haproxy-a  haproxy.cfg: what was given for error-503.html has changed");
        SITE.file("sorry.html", "sorry\n");
        assertThat(SITE.worker(MASTER)).isNotEqualTo(worker);
        assertThat(LIVE.containerId(MASTER)).isEqualTo(container);
        LIVE.nothingIsLost("routes in a map");
        routesAreFollowed();
        othersAreRefused();
    }

    @Test
    @Order(5)
    void aPoolComesAndGoesByReloadsAndNothingIsLost() {
        LIVE.edit(
                "  img:\n",
                "  doc:\n    servers: {doc-1: {url: \"http://192.168.0.1:9\"}}\n  img:\n"
                        .replace("192.168.0.1", SITE.lan(1).toString()));
        LIVE.edit("- {path: /moved,", "- {host: doc.test, to: doc}\n  - {path: /moved,");
        LIVE.edit("sticky: cookie", "sticky: source");
        assertThat(LIVE.plan()).contains("pools.api.sticky");
        LIVE.applied();
        anAddressLeadsToTheSameWebServerOnEachBalancer();
        assertThat(whoServes("doc.test", "/")).containsExactly("503");
        assertThat(whoServes("www.test", "/images/")).containsExactly("200 img-1");
        ordered("rollback", "--yes");
        assertThat(whoServes("doc.test", "/")).containsExactly("200 web-a");
        LIVE.nothingIsLost("a pool that came and went");
    }
}
