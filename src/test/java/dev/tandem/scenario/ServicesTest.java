package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// TCP services before the real PostgreSQL, the real Redis, and servers that speak TLS.
@Tag("containers")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicesTest {
    private static final TestSite SITE =
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
                    pools:
                      told-web:
                        servers: {told-2: {url: "http://192.168.0.97:8091"}}
                        proxy_protocol: v2
                      h2:
                        servers: {told-3: {url: "http://192.168.0.97:8092", proto: h2}}
                    routes:
                      - {path: /told/, to: told-web}
                      - {path: /h2/, to: h2}
                    trusted_proxies: [192.168.0.1]
                    services:
                      postgres:
                        listen: 5432
                        check: pgsql
                        servers:
                          db-1: {url: "tcp://192.168.0.91:5432"}
                          db-2: {url: "tcp://192.168.0.92:5432", backup: true}
                      redis:
                        listen: 6379
                        check: {redis: master, every: 200ms}
                        servers:
                          cache-1: {url: "tcp://192.168.0.93:6379"}
                          cache-2: {url: "tcp://192.168.0.94:6379"}
                      mail:
                        listen: 465
                        by_name:
                          mx.example.com: {servers: {mx-1: {url: "tcp://192.168.0.95:8465"}}}
                          "*.example.org": {servers: {mx-2: {url: "tcp://192.168.0.96:8465"}}}
                      told:
                        listen: 8090
                        proxy_protocol: v2
                        servers: {told-1: {url: "tcp://192.168.0.97:8090"}}
                    timing:
                      check_limit: 2s
                      connect: 1s
                      fall: 4
                    """);

    @RegisterExtension static final LiveSite LIVE = new LiveSite(SITE);

    /// The servers, which need the site's network: it is there when the first test begins.
    private static final class Beside {
        private static final Databases ALL = Databases.beside(SITE);
    }

    @BeforeAll
    static void begin() {
        Databases all = Beside.ALL;
        all.start("db-1", 91, "postgres", "db-1");
        all.start("db-2", 92, "postgres", "db-2");
        all.start("cache-1", 93, "redis");
        all.start("cache-2", 94, "redis", "--replicaof", SITE.lan(93).toString(), "6379");
        all.start("mx-1", 95, "tls", "mx-1", "8465");
        all.start("mx-2", 96, "tls", "mx-2", "8465");
        SITE.file(
                "told.conf",
                """
                events {}
                http {
                    server {
                        listen 8090 proxy_protocol;
                        return 200 "$proxy_protocol_addr";
                    }
                    server {
                        listen 8091 proxy_protocol;
                        return 200 "$proxy_protocol_addr";
                    }
                    server {
                        listen 8092;
                        http2 on;
                        return 200 "$request_method $server_protocol $http_te";
                    }
                }
                """);
        all.nginx("told-1", 97, SITE.directory().resolve("told.conf"));
        SITE.awaitWell();
    }

    @AfterAll
    static void end() {
        Beside.ALL.close();
    }

    private static String vip() {
        return SITE.lan(150).toString();
    }

    private static SqlSession session() throws IOException {
        return new SqlSession(vip(), 5432);
    }

    /// Which database a new session comes to.
    private static String database() {
        try (SqlSession session = session()) {
            return session.ask("show cluster_name");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void succeeds(String... command) {
        Output output = SITE.tandem(command);
        assertThat(output.exit()).as(output.stderr()).isZero();
    }

    @Test
    void aTransactionThatIsOpenOutlivesPlannedMovesOfTheVip() throws Exception {
        try (SqlSession session = session()) {
            session.ask("begin");
            session.ask("insert into kept values ('before')");

            succeeds("switchover");
            LIVE.masterIs("haproxy-b");
            assertThat(session.inTransaction()).isTrue();
            session.ask("insert into kept values ('between')");
            succeeds("switchover", "haproxy-a");
            LIVE.masterIs("haproxy-a");
            session.ask("insert into kept values ('after')");
            session.ask("commit");

            assertThat(session.inTransaction()).isFalse();
        }
        try (SqlSession session = session()) {
            assertThat(session.ask("select string_agg(line, ' ') from kept"))
                    .isEqualTo("before between after");
        }
    }

    @Test
    void aDrainedDatabaseKeepsItsSessionsAndNewOnesComeToTheOther() throws Exception {
        try (SqlSession session = session()) {
            assertThat(session.ask("show cluster_name")).isEqualTo("db-1");

            succeeds("drain", "db-1");

            assertThat(database()).isEqualTo("db-2");
            assertThat(session.ask("show cluster_name")).isEqualTo("db-1");
            assertThat(SITE.tandem("drain", "db-2").stderr())
                    .contains("no server of postgres would get connections");
        }
        succeeds("drain", "db-1", "--wait");
        succeeds("ready", "db-1");
        assertThat(database()).isEqualTo("db-1");
    }

    @Test
    void whatIsDownIsSaidAndNeitherTheVipNorTheWebCares() {
        for (String one : new String[] {"db-1", "db-2"}) {
            Beside.ALL.docker("pause", one);
        }
        try {
            TestSite.await(
                    "status says that both are down",
                    () -> {
                        String said = SITE.tandem("status").stdout();
                        return said.contains("db-1: haproxy-a sees it DOWN in postgres")
                                && said.contains("db-2: haproxy-b sees it DOWN in postgres");
                    });
            assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
            assertThat(SITE.whoAnswers("http://" + vip() + "/")).startsWith("web-");
            assertThat(SITE.curl("--fail", "http://" + SITE.lan(151) + ":8404/ready").lines())
                    .containsExactly("ready");
        } finally {
            Beside.ALL.docker("unpause", "db-1");
            Beside.ALL.docker("unpause", "db-2");
        }
    }

    @Test
    void connectionsFollowTheMasterOfRedis() throws Exception {
        TestSite.await("it has a replica", () -> redis("ROLE").contains(SITE.lan(94).toString()));

        redisAt("cache-2", "replicaof", "no", "one");
        redisAt("cache-1", "replicaof", SITE.lan(94).toString(), "6379");

        TestSite.await(
                "new connections come to the other one",
                () -> redis("ROLE").contains(SITE.lan(93).toString()));
        SITE.awaitWell(); // a replica is as it should be
        redisAt("cache-1", "replicaof", "no", "one");
        redisAt("cache-2", "replicaof", SITE.lan(93).toString(), "6379");
        TestSite.await("and back", () -> redis("ROLE").contains(SITE.lan(94).toString()));
    }

    private static void redisAt(String name, String... command) {
        String[] argv = new String[command.length + 1];
        argv[0] = "redis-cli";
        System.arraycopy(command, 0, argv, 1, command.length);
        assertThat(Beside.ALL.exec(name, argv)).isEqualTo("OK");
    }

    private static String redis(String command) {
        try {
            byte[] asked = (command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] said = new RawClient(vip(), 6379).exchange(asked);
            return new String(said, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void tlsIsPassedThroughToWhomItsNameBelongs() {
        assertThat(certificate("mx.example.com")).contains("CN=mx-1");
        assertThat(certificate("MX.example.com")).contains("CN=mx-1");
        assertThat(certificate("any.example.org")).contains("CN=mx-2");
        assertThat(certificate("too.deep.example.org")).doesNotContain("CN=");
        assertThat(certificate("example.net")).doesNotContain("CN=");
    }

    private static String certificate(String name) {
        String client =
                "openssl s_client -connect %s:465 -servername %s </dev/null 2>&1"
                        .formatted(vip(), name);
        return Shell.run(SITE.directory(), "timeout", "5", "sh", "-c", client)
                .stdout()
                .replace("CN = ", "CN=");
    }

    @Test
    void aServerThatExpectsItIsToldWhoTheClientIs() {
        assertThat(SITE.curl("--fail", "http://" + vip() + ":8090/").lines())
                .containsExactly(SITE.lan(1).toString());
        // Each turn has clients of the turn before, whose connections could be used again.
        for (int turn = 0; turn < 3; turn++) {
            for (String client : List.of("198.51.100.7", "198.51.100.8")) {
                for (String scheme : List.of("http", "https")) {
                    String url = scheme + "://" + vip() + "/told/";
                    String header = "X-Forwarded-For: " + client;
                    assertThat(SITE.curl("--fail", "-H", header, url).lines())
                            .containsExactly(client);
                }
            }
        }
    }

    /// gRPC asks for its trailers in `TE`.
    @Test
    void aWebServerIsAskedOverHttp2WhateverTheClientSpeaks() {
        for (String spoken : List.of("--http1.1", "--http2")) {
            for (String method : List.of("GET", "POST")) {
                String url = "https://" + vip() + "/h2/";
                assertThat(SITE.curl(spoken, "-X", method, "-H", "TE: trailers", url).lines())
                        .as(spoken)
                        .containsExactly(method + " HTTP/2.0 trailers");
            }
        }
    }

    @Test
    void initsAskTheListenersAndNoDatabaseHearsOfIt() {
        assertThat(SITE.exec("haproxy-a", "node-state").lines())
                .contains(
                        "listener=postgres:5432 ok",
                        "listener=mail:465 ok",
                        "listener=" + SITE.lan(152) + "/redis:6379 ok");
        // Both inits have asked haproxy-b several hundred times by now; no client came to it.
        assertThat(handedOn("haproxy-b", "postgres")).isEqualTo("0");
        assertThat(handedOn("haproxy-b", "redis")).isEqualTo("0");
    }

    /// How many connections HAProxy has handed on since its start.
    private static String handedOn(String balancer, String backend) {
        return SITE.exec(balancer, "runtime", "show stat -1 2 -1").lines().stream()
                .filter(line -> line.startsWith(backend + ",BACKEND,"))
                .map(line -> line.split(",", -1)[7])
                .findFirst()
                .orElse("nothing");
    }

    @Test
    void aCheckThatNoServerPassesStopsAtTheBackupAndIsTakenBack() {
        String file = SITE.text();
        SITE.file("tandem.yaml", file.replace("check: pgsql", "check: redis"));

        Output output = SITE.tandem("apply", "--yes", "--wait-timeout", "8");

        assertThat(output.exit()).as(output.stderr()).isEqualTo(5);
        assertThat(output.stderr()).contains("does not see db-1");
        assertThat(database()).isEqualTo("db-1");
        SITE.file("tandem.yaml", file);
    }

    @Test
    void aServiceComesAndGoesByReloads() throws Exception {
        String file = SITE.text();
        String more =
                "  reports:\n    listen: 5433\n    servers: {db-3: {url: \"tcp://%s:5432\"}}\n"
                        .formatted(SITE.lan(92));
        SITE.file("tandem.yaml", file.replace("timing:", more + "timing:"));
        try (SqlSession session = session()) {
            Output plan = SITE.tandem("plan");
            assertThat(plan.stdout())
                    .contains("services.reports: added")
                    .containsPattern("reload +haproxy-a")
                    .doesNotContain("replace ");
            succeeds("apply", "--yes");
            try (SqlSession reports = new SqlSession(vip(), 5433)) {
                assertThat(reports.ask("show cluster_name")).isEqualTo("db-2");
            }
            SITE.file("tandem.yaml", file);
            succeeds("apply", "--yes");
            assertThat(session.ask("show cluster_name")).isEqualTo("db-1");
        }
    }

    /// The last one, because the web servers do not come back.
    @Test
    @Order(Integer.MAX_VALUE)
    void withoutWebServersTheServicesGoOnAndTheVipGoesToWhoSeesTheirServers() throws Exception {
        try (SqlSession session = session()) {
            String web = "(?ms)^servers:.*?(?=^services:)";
            SITE.file("tandem.yaml", SITE.text().replaceAll(web, ""));
            succeeds("apply", "--yes");

            assertThat(session.ask("show cluster_name")).isEqualTo("db-1");
            assertThat(SITE.curl("http://" + vip() + "/").exit()).isEqualTo(7); // refused
            assertThat(SITE.curl("--fail", "http://" + SITE.lan(151) + ":8404/ready").lines())
                    .containsExactly("ready");
        }
        try {
            cutOff("haproxy-a");
            LIVE.masterIs("haproxy-b");
            assertThat(database()).isEqualTo("db-1");
        } finally {
            SITE.exec("haproxy-a", "nft", "delete", "table", "ip", "cut");
        }
        LIVE.masterIs("haproxy-a");
        assertThat(SITE.tandem("drill", "haproxy-kill", "--yes").stderr())
                .contains("the site has TCP services alone");
    }

    /// It no longer reaches any server of a service.
    private static void cutOff(String balancer) {
        String script =
                "nft add table ip cut && nft add chain ip cut out"
                        + " '{ type filter hook output priority 0; }' && nft add rule ip cut out"
                        + " ip daddr %s-%s reject with tcp reset"
                                .formatted(SITE.lan(91), SITE.lan(97));
        Output output = SITE.exec(balancer, "sh", "-c", script);
        assertThat(output.ok()).as(output.stderr()).isTrue();
    }
}
