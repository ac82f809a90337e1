package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.Recording;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a balancer does with requests and answers besides choosing a web server, on a site whose
/// file asks for all of it. Its web servers have no page at the path of their checks, which is the
/// answer that is expected: unless checks are made as the file says, there is no site.
@Tag("containers")
@Tag("slow")
class FrontDoorTest {
    /// Takes what the balancers say to syslog.
    private static final SyslogTaker SYSLOG = new SyslogTaker();

    @RegisterExtension static final LiveSite LIVE = new LiveSite(asked());
    private static final TestSite SITE = LIVE.site();
    private static final String VIP = SITE.lan(150).toString();

    private static final long MARK = 1 + ProcessHandle.current().pid() % 254;

    /// Addresses of this host while the tests run, on neither of the site's subnets: of a proxy
    /// that is trusted, and of one that speaks the PROXY protocol.
    private static final String TRUSTED = "198.18.7." + MARK;

    private static final String SPEAKING = "203.0.113." + MARK;

    /// What of a request is left when all rules before have been applied.
    private static final String ECHO =
            "http-request return status 200 content-type text/plain lf-string"
                    + " \"src=%[src] for=%[req.hdr(X-Forwarded-For)]"
                    + " proto=%[req.hdr(X-Forwarded-Proto)] port=%[req.hdr(X-Forwarded-Port)]"
                    + " real=%[req.hdr(X-Real-IP)] debug=%[req.hdr(X-Debug)];\""
                    + " if { path /echo }";

    private static TestSite asked() {
        TestSite site = TestSite.forLoad();
        site.write(
                site.text()
                        + """
                        backend:
                          check: {path: /nothing, method: HEAD, expect: 404}
                        listen:
                          proxy_protocol_from: [203.0.113.0/24]
                          more_http: 8080
                          more_https: [8443]
                        tls:
                          hsts: 1d
                          certificates:
                            shop: {certificate: shop.pem, key: shop.key}
                        redirect_http: on
                        trusted_proxies: [198.18.7.0/24]
                        headers:
                          request:
                            set: {X-Real-IP: "%[src]"}
                            remove: [X-Debug]
                          response:
                            set: {X-Frame-Options: DENY, X-Odd: 'a "b" $HOME \\ 100%%'}
                            remove: [Server]
                        compression: on
                        syslog: ["192.168.0.1:SYSLOG"]
                        log_format: json
                        limits: {per_client: {requests: 1500/60s}}
                        haproxy:
                          http: |
                            ECHO
                          https: |
                            ECHO
                            http-request deny status 500 if { path /broken }
                          backend: http-request set-path /big.bin if { path /large }
                        """
                                .replace("ECHO", ECHO)
                                .replace("SYSLOG", Integer.toString(SYSLOG.port())));
        return shopCertificate(site);
    }

    private static TestSite shopCertificate(TestSite site) {
        String files = site.directory() + "/";
        Shell.type(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=shop.example"
                        + " -addext subjectAltName=DNS:shop.example"
                        + (" -keyout " + files + "shop.key -out " + files + "shop.pem"));
        return site;
    }

    @BeforeAll
    static void takeAddresses() {
        Shell.type("ip address add " + TRUSTED + "/32 dev lo");
        Shell.type("ip address add " + SPEAKING + "/32 dev lo");
    }

    @AfterAll
    static void giveThemBack() {
        Shell.type("ip address delete " + TRUSTED + "/32 dev lo");
        Shell.type("ip address delete " + SPEAKING + "/32 dev lo");
        SYSLOG.close();
    }

    /// The head of an answer, in small letters but for its values.
    private static List<String> head(String... arguments) {
        return SITE.curl(with(List.of("-D", "-", "-o", "/dev/null"), arguments)).lines();
    }

    private static String[] with(List<String> options, String... arguments) {
        return Stream.concat(options.stream(), Arrays.stream(arguments)).toArray(String[]::new);
    }

    private static String echo(String... arguments) {
        return SITE.curl(arguments).stdout();
    }

    @Test
    void overPlainHttpClientsAreSentToHttps() {
        assertThat(head("http://" + VIP + "/a/b?c=d"))
                .startsWith("HTTP/1.1 301 Moved Permanently")
                .contains("location: https://" + VIP + "/a/b?c=d");
        assertThat(head("-H", "Host: www.example.org:80", "--data", "x", "http://" + VIP + "/"))
                .startsWith("HTTP/1.1 308 Permanent Redirect")
                .contains("location: https://www.example.org/");
        assertThat(head("--http1.0", "-H", "Host:", "http://" + VIP + "/"))
                .contains("location: https://" + VIP + "/");
        assertThat(SITE.whoAnswers("https://" + VIP + "/")).isEqualTo("web");
    }

    @Test
    void whatACertificateAuthorityLooksForIsWhereItIs() {
        assertThat(head("http://" + VIP + "/.well-known/acme-challenge/token"))
                .startsWith("HTTP/1.1 404 Not Found")
                .anyMatch(line -> line.startsWith("x-served-by: web-"));
    }

    @Test
    void aDrillReachesWebServersOverBothSchemes() throws IOException {
        assertThat(head("-H", "X-Tandem-Id: drill-1", "http://" + VIP + "/"))
                .startsWith("HTTP/1.1 200 OK")
                .anyMatch(line -> line.startsWith("x-served-by: web-"));

        Recording drill =
                Recording.read(ShortDrills.of(SITE).drill("web-kill", Duration.ofSeconds(1)));

        assertThat(drill.history().records()).hasSizeGreaterThan(100);
        assertThat(drill.history().records())
                .filteredOn(record -> record.kind() != RequestClass.UPLOAD)
                .extracting(RequestRecord::outcome)
                .filteredOn(outcome -> outcome == Outcome.OK)
                .hasSizeGreaterThan(100);
    }

    @Test
    void browsersAreToldToStayWithHttpsOverHttpsAlone() {
        String told = "strict-transport-security: max-age=86400";
        assertThat(head("https://" + VIP + "/")).contains(told);
        assertThat(head("https://" + VIP + "/broken")).contains("HTTP/2 500 ").contains(told);
        assertThat(head("http://" + VIP + "/")).doesNotContain(told);
    }

    @Test
    void headersAreSetAndRemoved() {
        assertThat(echo("-H", "X-Debug: 1", "-H", "X-Real-IP: 9.9.9.9", "https://" + VIP + "/echo"))
                .contains(" real=" + SITE.lan(1) + " debug=;");
        for (String path : List.of("/", "/broken")) {
            assertThat(head("https://" + VIP + path))
                    .contains("x-frame-options: DENY", "x-odd: a \"b\" $HOME \\ 100%")
                    .noneMatch(line -> line.startsWith("server:"));
        }
    }

    @Test
    void aTrustedProxySaysWhoAsksAndNobodyElseDoes() {
        String[] claim = {"-H", "X-Forwarded-For: 9.9.9.9, 192.0.2.7"};
        String url = "https://" + VIP + "/echo";
        assertThat(echo(claim[0], claim[1], url))
                .startsWith("src=" + SITE.lan(1) + " for=" + SITE.lan(1) + " proto=https port=443");
        assertThat(echo("--interface", TRUSTED, claim[0], claim[1], url))
                .startsWith("src=192.0.2.7 for=192.0.2.7 proto=https port=443 real=192.0.2.7 ");
        assertThat(
                        echo(
                                "--interface",
                                TRUSTED,
                                "-H",
                                "X-Forwarded-For: 192.0.2.7, 198.18.7.9",
                                url))
                .as("a chain of trusted ones")
                .startsWith("src=192.0.2.7 ");
        assertThat(echo("--interface", TRUSTED, "-H", "X-Forwarded-For: 2001:db8::7", url))
                .startsWith("src=2001:db8::7 for=2001:db8::7 ");
        assertThat(echo("--interface", TRUSTED, url)).startsWith("src=" + TRUSTED + " ");
        assertThat(
                        echo(
                                "--interface",
                                TRUSTED,
                                claim[0],
                                claim[1],
                                url,
                                "--next",
                                "--cacert",
                                SITE.rendered().resolve("tls/ca.pem").toString(),
                                "--interface",
                                TRUSTED,
                                url))
                .as("two requests over one connection")
                .contains("src=192.0.2.7 ", "src=" + TRUSTED + " ");
    }

    /// Otherwise it would be sent round and round.
    @Test
    void whoCameOverHttpsToATrustedProxyIsNotRedirected() {
        String url = "http://" + VIP + "/echo";
        assertThat(echo("--interface", TRUSTED, "-H", "X-Forwarded-Proto: https", url))
                .contains(" proto=https port=443 ");
        assertThat(head("-H", "X-Forwarded-Proto: https", url))
                .startsWith("HTTP/1.1 301 Moved Permanently");
        assertThat(head("--interface", TRUSTED, url)).startsWith("HTTP/1.1 301 Moved Permanently");
    }

    @Test
    void limitsAndLogsGoByTheClientBehindATrustedProxy() {
        String url = "https://" + VIP + "/?logged[1-1600]";
        List<String> statuses =
                SITE.curl(
                                "--interface",
                                TRUSTED,
                                "-H",
                                "X-Forwarded-For: 192.0.2.50",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code}\n",
                                url)
                        .lines();
        assertThat(Collections.frequency(statuses, "200")).isEqualTo(1500);
        assertThat(Collections.frequency(statuses, "429")).isEqualTo(100);
        assertThat(
                        head(
                                "--interface",
                                TRUSTED,
                                "-H",
                                "X-Forwarded-For: 192.0.2.51",
                                "https://" + VIP + "/"))
                .anyMatch(line -> line.startsWith("HTTP/2 200"));
        assertThat(Shell.run(Shell.HOME, "docker", "logs", SITE.container("haproxy-a")).stdout())
                .contains("\"client\": \"192.0.2.50\"");
        assertThat(
                        Shell.run(Shell.HOME, "docker", "logs", SITE.container("web-a")).stdout()
                                + Shell.run(Shell.HOME, "docker", "logs", SITE.container("web-b"))
                                        .stdout())
                .containsPattern("(?m)^192\\.0\\.2\\.50 - .*\\?logged1 ");
    }

    @Test
    void whoBeginsWithTheProxyProtocolNamesItsClient() throws IOException {
        String request =
                "GET /echo HTTP/1.1\r\nHost: x\r\nX-Tandem-Id: id-1\r\nConnection: close\r\n\r\n";
        assertThat(spoken("PROXY TCP4 192.0.2.9 203.0.113.1 40000 80\r\n" + request))
                .startsWith("HTTP/1.1 200 OK")
                .contains("src=192.0.2.9 for=192.0.2.9 proto=http port=80 real=192.0.2.9 ");
        assertThat(spoken(request)).as("without it").isEmpty();
        assertThat(
                        new RawClient(VIP, 80)
                                .outcome("PROXY TCP4 192.0.2.9 203.0.113.1 40000 80\r\n" + request))
                .as("from somebody else")
                .isEqualTo("400");
    }

    private static String spoken(String text) throws IOException {
        InetAddress from = InetAddress.getByName(SPEAKING);
        try (Socket socket = new Socket(VIP, 80, from, 0)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException _) { // what it did not read was refused
            return "";
        }
    }

    /// While a check is under way HAProxy tells of it (`* L7OK`) and of no status.
    @Test
    void webServersAreCheckedAsTheFileSays() {
        Pattern well =
                Pattern.compile(
                        "(?ms)^web,web-a,[^\\n]*,L7OK,404,.*^web-tls,web-b,[^\\n]*,L7OK,404,");
        TestSite.await(
                "both answer with 404 and are well",
                () -> well.matcher(SITE.exec("haproxy-a", "runtime", "show stat").stdout()).find());
    }

    @Test
    void whoAsksForANameSeesItsCertificateAndAnotherOneTakesNoReload() {
        String[] shop = {"--cacert", "shop.pem", "--resolve", "shop.example:443:" + VIP};
        String page = "https://shop.example/";
        assertThat(SITE.curl(with(List.of(shop), page)).exit()).isZero();
        assertThat(SITE.whoAnswers("https://" + VIP + "/")).as("others").isEqualTo("web");
        List<String> workers = LiveSite.BALANCERS.stream().map(SITE::worker).toList();

        shopCertificate(SITE);
        assertThat(SITE.curl(with(List.of(shop), page)).exit()).as("not yet").isEqualTo(60);
        assertThat(SITE.tandem("plan").stdout())
                .contains(
                        "reload     haproxy-b  certificate: ",
                        "the files of tls.certificates have changed");
        Output applied = SITE.tandem("apply", "--yes");

        assertThat(applied.exit()).as(applied.stdout() + applied.stderr()).isZero();
        assertThat(SITE.curl(with(List.of(shop), page)).exit()).isZero();
        assertThat(LiveSite.BALANCERS.stream().map(SITE::worker).toList()).isEqualTo(workers);
    }

    @Test
    void morePortsAreLikeTheUsualOnes() {
        assertThat(head("http://" + VIP + ":8080/a"))
                .startsWith("HTTP/1.1 301 Moved Permanently")
                .contains("location: https://" + VIP + "/a");
        assertThat(echo("https://" + VIP + ":8443/echo")).contains(" proto=https port=8443 ");
        assertThat(SITE.exec("haproxy-a", "node-state").stdout())
                .contains("http:8080", "https:8443");
    }

    @Test
    void textIsCompressedForWhoCanReadItSo() {
        assertThat(head("-H", "Accept-Encoding: gzip", "https://" + VIP + "/"))
                .contains("content-encoding: gzip");
        assertThat(head("-H", "Accept-Encoding: gzip", "https://" + VIP + "/large"))
                .as("no text")
                .doesNotContain("content-encoding: gzip");
        assertThat(head("https://" + VIP + "/")).doesNotContain("content-encoding: gzip");
    }

    @Test
    void syslogHasEachRequest() throws IOException {
        SYSLOG.forget();
        String agent = "a \"b\": \\ \u00fc";
        assertThat(SITE.curl("-A", agent, "https://" + VIP + "/?for-syslog").exit()).isZero();
        String line = SYSLOG.line(TestSite.PATIENCE);
        assertThat(line).startsWith("<134>").contains(" haproxy-a haproxy[");
        String json = line.substring(line.indexOf('{'));
        Object read = new Load(LoadSettings.builder().build()).loadFromString(json);
        assertThat(String.valueOf(read))
                .contains("agent=a \"b\": \\ ??, ", "query=for-syslog, ", "status=200, ");
    }

    @Test
    void linesOfTheFileDoWhatTheySay() {
        assertThat(
                        SITE.curl(
                                        "-o",
                                        "/dev/null",
                                        "-w",
                                        "%{size_download}",
                                        "https://" + VIP + "/large")
                                .stdout()
                                .strip())
                .isEqualTo(Integer.toString(4 << 20));
    }

    @Test
    void aLineThatHaproxyRefusesIsNamedByItsKeyAndThePlanNamesEachKey() {
        String before = SITE.text();
        SITE.file(
                "tandem.yaml",
                before.replace("path /broken }", "path /broken }\n    compresion algo gzip"));

        Output refused = SITE.tandem("apply", "--yes");

        assertThat(refused.exit()).as(refused.stdout() + refused.stderr()).isEqualTo(5);
        assertThat(refused.stderr())
                .contains("unknown keyword 'compresion'")
                .contains("haproxy.https in tandem.yaml: compresion algo gzip");
        SITE.file(
                "tandem.yaml",
                before.replace("hsts: 1d", "hsts: 2d").replace("DENY,", "SAMEORIGIN, X-New: n,"));
        assertThat(SITE.tandem("plan").stdout())
                .contains("reload     haproxy-b  haproxy.cfg: ")
                .contains("tls.hsts: 86400s → 172800s")
                .contains("and 1 more")
                .doesNotContain("replace");
        SITE.file("tandem.yaml", before);
    }
}
