package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is let in: by certificate (`tls.clients`), by address (`access`, `allow` and `deny` of a
/// route), and how often (`limits` of a route); over IPv6, too, where a web server is as well.
@Tag("containers")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdmissionTest {
    private static final long MARK = 1 + ProcessHandle.current().pid() % 254;

    /// Addresses of this host while the tests run: of a proxy that is trusted, and of somebody who
    /// is not let in.
    private static final String TRUSTED = "198.18.7." + MARK;

    private static final String BARRED = "198.18.9." + MARK;

    /// curl's words for a connection that is refused, closed without an answer, or reset.
    private static final List<Integer> DISCONNECTED = List.of(7, 35, 52, 55, 56);

    /// What a web server would be told.
    private static final String ECHO =
            "http-request return status 200 content-type text/plain lf-string"
                    + " \"dn=%[req.fhdr(X-SSL-Client-DN)] serial=%[req.hdr(X-SSL-Client-Serial)]"
                    + " sha=%[req.hdr(X-SSL-Client-SHA256),length]"
                    + " odd=%[req.hdr(X_SSL_Client_DN)]%[req.hdr(Client-Cert)];\""
                    + " if { path_end /echo }";

    private static final Ipv6Lan SIX = new Ipv6Lan();
    private static final String DENIED =
            "deny: [198.18.9.0/24, \"%s\"]".formatted(Ipv6Lan.address("bad"));

    @RegisterExtension static final LiveSite LIVE = new LiveSite(asked(), SIX::give);
    private static final TestSite SITE = LIVE.site();
    private static final ClientAuthority CLIENTS = new ClientAuthority(SITE.directory());
    private static final String VIP = SITE.lan(150).toString();
    private static final String PAGE = "https://" + VIP;

    private static TestSite asked() {
        TestSite site = TestSite.forLoad();
        // More than fit into a line of haproxy.cfg.
        String many =
                IntStream.range(0, 90)
                        .mapToObj(i -> "10.7." + i + ".0/24")
                        .collect(Collectors.joining(", "));
        site.write(
                site.text()
                        + """
                        listen: {ipv6: on}
                        tls: {clients: clients.pem, clients_crl: clients.crl, clients_verify: optional}
                        access: {DENIED}
                        trusted_proxies: [MANY, 198.18.7.0/24]
                        routes:
                          - {path: /private/, to: web, client_certificate: required}
                          - {path: /inside/, to: web, allow: [MANY, 192.0.2.0/24], deny: [192.0.2.9]}
                          - {path: /few/, to: web, limits: {requests: 5/60s}}
                          - {path: /one/, to: web, limits: {connections: 1}}
                          - {path: /six/, to: six}
                        pools: {six: {servers: {six-1: {url: "SIX"}}}}
                        haproxy:
                          http: ECHO
                          https: ECHO
                        """
                                .replace("MANY", many)
                                .replace("DENIED", DENIED)
                                .replace("SIX", SIX.url())
                                .replace("ECHO", "|\n    " + ECHO));
        ClientAuthority clients = ClientAuthority.in(site);
        clients.client("anna", 4097);
        clients.client("bruno", 4098);
        clients.stranger("carl");
        return site;
    }

    @BeforeAll
    static void takeAddresses() {
        Shell.type("ip address add " + TRUSTED + "/32 dev lo");
        Shell.type("ip address add " + BARRED + "/32 dev lo");
    }

    @AfterAll
    static void giveThemBack() {
        Shell.type("ip address delete " + TRUSTED + "/32 dev lo");
        Shell.type("ip address delete " + BARRED + "/32 dev lo");
        SIX.close();
    }

    /// The status codes, or `curl N`.
    private static List<String> codes(String url, String... options) {
        List<String> argv = new ArrayList<>(List.of("-o", "/dev/null", "-w", "%{http_code}\n"));
        argv.addAll(List.of(options));
        argv.add(url);
        Output output = SITE.curl(argv.toArray(String[]::new));
        return output.ok() ? output.lines() : List.of("curl " + output.exit());
    }

    private static String code(String url, String... options) {
        return codes(url, options).getFirst();
    }

    /// The options of curl that show the certificate of a client.
    private static String[] as(String client) {
        return new String[] {"--cert", client + ".pem", "--key", client + ".key"};
    }

    private static void apply() {
        Output applied = SITE.tandem("apply", "--yes");
        assertThat(applied.exit()).as(applied.stdout() + applied.stderr()).isZero();
    }

    private static List<String> workers() {
        return LiveSite.BALANCERS.stream().map(SITE::worker).toList();
    }

    @Test
    void whoShowsACertificateGetsAsFarAsTheRouteAndTheWebServerIsToldWhoItIs() {
        assertThat(code(PAGE + "/private/echo")).isEqualTo("403");
        assertThat(code("http://" + VIP + "/private/echo", as("anna"))).isEqualTo("403");
        assertThat(code(PAGE + "/%70rivate/echo")).as("decoded").isEqualTo("403");
        assertThat(SITE.curl(with(as("anna"), PAGE + "/private/echo")).stdout())
                .startsWith("dn=CN=anna,O=Shop serial=1001 sha=64 odd=;");
    }

    private static String[] with(String[] options, String url) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(url);
        return all.toArray(String[]::new);
    }

    @Test
    void nobodySaysThatHeIsSomebody() {
        for (String url : List.of(PAGE + "/echo", "http://" + VIP + "/echo")) {
            Output output =
                    SITE.curl(
                            "-H",
                            "X-SSL-Client-DN: CN=anna",
                            "-H",
                            "X_SSL_Client_DN: CN=anna",
                            "-H",
                            "Client-Cert: :YQ==:",
                            url);
            assertThat(output.stdout()).as(url).startsWith("dn= serial= sha= odd=;");
        }
    }

    @Test
    void whoShowsOneOfAnotherCaIsDisconnected() {
        assertThat(SITE.curl(with(as("carl"), PAGE + "/")).exit()).isIn(DISCONNECTED);
        assertThat(code(PAGE + "/")).as("nobody has to").isEqualTo("200");
    }

    /// A reload, and so no session that began before goes on for who is revoked.
    @Test
    void whoIsRevokedIsDisconnectedAlsoWithASessionOfBefore() {
        String session = SITE.directory() + "/bruno.session";
        assertThat(code(PAGE + "/private/echo", as("bruno"))).isEqualTo("200");
        assertThat(handshake("-cert", "bruno.pem", "-key", "bruno.key", "-sess_out", session))
                .contains("New, TLSv1.2");
        assertThat(handshake("-sess_in", session)).contains("Reused, TLSv1.2");

        CLIENTS.revoke("bruno");
        assertThat(SITE.tandem("plan").stdout())
                .contains(
                        "reload     haproxy-b  set of CAs: ",
                        "the files of tls.clients have changed");
        apply();

        assertThat(SITE.curl(with(as("bruno"), PAGE + "/private/echo")).exit()).isIn(DISCONNECTED);
        assertThat(handshake("-sess_in", session)).doesNotContain("Reused,");
        assertThat(code(PAGE + "/private/echo", as("anna"))).isEqualTo("200");
    }

    private static String handshake(String... options) {
        List<String> argv =
                new ArrayList<>(
                        List.of("timeout", "5", "openssl", "s_client", "-tls1_2", "-connect"));
        argv.add(VIP + ":443");
        argv.addAll(List.of(options));
        return Shell.run(SITE.directory(), argv.toArray(String[]::new)).stdout();
    }

    @Test
    void whoIsNotLetInIsDisconnectedAndBehindAProxyRefused() {
        assertThat(SITE.curl("--interface", BARRED, "http://" + VIP + "/").exit())
                .isIn(DISCONNECTED);
        assertThat(SITE.curl("--interface", BARRED, PAGE + "/").exit()).isIn(DISCONNECTED);
        String[] claim = {"--interface", TRUSTED, "-H", "X-Forwarded-For: 198.18.9.77"};
        assertThat(code(PAGE + "/", claim)).isEqualTo("403");
        assertThat(code(PAGE + "/", "--interface", TRUSTED)).isEqualTo("200");
    }

    private static String six(String number) {
        return "http://[" + Ipv6Lan.address(number) + "]/";
    }

    @Test
    void overIpv6EachBalancerServesWhoIsLetInAndCountsHisWholeNetwork() {
        for (String number : List.of("151", "152")) {
            String connect = "::[" + Ipv6Lan.address(number) + "]:443";
            assertThat(code(six(number))).as(number).isEqualTo("200");
            String node = number.equals("151") ? "haproxy-a" : "haproxy-b";
            assertThat(SITE.exec(node, "runtime", "show table requests").stdout())
                    .contains("key=" + Ipv6Lan.network() + " ");
            assertThat(code(PAGE + "/", "--connect-to", connect)).as(number).isEqualTo("200");
            assertThat(code(six(number) + "private/")).as(number).isEqualTo("403");
            for (String who : List.of(Ipv6Lan.address("bad"), Ipv6Lan.SIX_TO_FOUR)) {
                Output barred = SITE.curl("--interface", who, six(number));
                assertThat(barred.exit()).as(who).isIn(DISCONNECTED);
            }
            String health = six(number).replaceFirst("/$", ":8404/health");
            assertThat(SITE.curl(health).exit()).as("health_from").isIn(DISCONNECTED);
        }
        assertThat(Shell.run(Shell.HOME, "docker", "logs", SITE.container("haproxy-a")).stdout())
                .containsPattern("\n" + Ipv6Lan.address("1") + ":\\d+ \\[.* http ");
    }

    @Test
    void aWebServerAtAnAddressOfIpv6IsCheckedAndServes() {
        assertThat(SITE.curl("http://" + VIP + "/six/").lines()).containsExactly("over IPv6");
        assertThat(SIX.agents()).contains("tandem-check");
        try {
            SIX.answers(500);
            TestSite.await("it is out", () -> stateOfSix().contains("DOWN"));
        } finally {
            SIX.answers(200);
        }
        TestSite.await("it is back", () -> stateOfSix().contains("UP"));
    }

    /// In the words of HAProxy's table.
    private static String stateOfSix() {
        return SITE.exec("haproxy-a", "runtime", "show stat")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("six,six-1,"))
                .findFirst()
                .orElse("");
    }

    /// More than fit into one command of HAProxy's runtime API.
    @Test
    void anotherListIsInForceWithoutAReload() {
        List<String> workers = workers();
        String before = SITE.text();
        String list =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "10.%d.%d.7".formatted(100 + i / 250, i % 250))
                        .collect(Collectors.joining(", ", "deny: [", "]"));
        SITE.file("tandem.yaml", before.replace(DENIED, list));
        assertThat(SITE.tandem("plan").stdout())
                .contains("reload     haproxy-b  access list: ")
                .contains("access.deny: " + DENIED.replaceAll("deny: |\"", "") + " → [10.100.0.7, ")
                .doesNotContain("haproxy.cfg");
        apply();
        assertThat(code(PAGE + "/", "--interface", BARRED)).isEqualTo("200");
        assertThat(code(six("151"), "--interface", Ipv6Lan.address("bad"))).isEqualTo("200");

        SITE.file("tandem.yaml", before);
        apply();
        assertThat(SITE.curl("--interface", BARRED, PAGE + "/").exit()).isIn(DISCONNECTED);
        assertThat(workers()).isEqualTo(workers);
    }

    @Test
    void aRouteLetsInWhomItAllowsAndNobodyWhomItDenies() {
        String url = PAGE + "/inside/echo";
        assertThat(code(url)).isEqualTo("403");
        for (String who : List.of("192.0.2.9", "192.0.2.10", "10.7.89.1")) {
            String[] claim = {"--interface", TRUSTED, "-H", "X-Forwarded-For: " + who};
            assertThat(code(url, claim)).as(who).isEqualTo(who.endsWith(".9") ? "403" : "200");
        }
    }

    @Test
    void aRouteTakesSoManyRequestsOfAClientAndOtherRoutesTakeMore() {
        String[] claim = {"--interface", TRUSTED, "-H", "X-Forwarded-For: 192.0.2.20"};
        List<String> codes = codes(PAGE + "/few/echo?[1-8]", claim);
        assertThat(Collections.frequency(codes, "200")).isEqualTo(5);
        assertThat(Collections.frequency(codes, "429")).isEqualTo(3);
        assertThat(code(PAGE + "/echo", claim)).isEqualTo("200");
        assertThat(code(PAGE + "/few/echo")).as("another client").isEqualTo("200");
        assertThat(SITE.exec("haproxy-a", "runtime", "show table limits-route-3").stdout())
                .contains("192.0.2.20");
        assertThat(code(PAGE + "/one/echo?[1-3]")).as("one after the other").isEqualTo("200");
    }

    /// The changed balancers are probed by their peers, which have no certificate.
    @Test
    @Order(Integer.MAX_VALUE)
    void whenEverybodyMustShowOneTheBalancersStillAskEachOther() {
        SITE.file("tandem.yaml", SITE.text().replace("verify: optional", "verify: required"));
        assertThat(SITE.tandem("plan").stdout())
                .contains("reload     haproxy-b  haproxy.cfg: ")
                .contains("tls.clients_verify: optional → required");
        apply();

        assertThat(code(PAGE + "/")).isEqualTo("403");
        assertThat(code("http://" + VIP + "/", "-H", "X-Tandem-Id: drill")).isEqualTo("403");
        assertThat(code(PAGE + "/", as("anna"))).isEqualTo("200");
        String[] probe = {"probe", SITE.lan(151).toString(), "80", "443", VIP, "3"};
        assertThat(SITE.exec("haproxy-b", probe).lines())
                .hasSize(6)
                .allMatch(line -> line.endsWith(" 200"));
        assertThat(SITE.tandem("drill", "web-kill", "--yes").stderr())
                .contains("tls.clients_verify");
    }
}
