package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sites of other shapes than the customer's.
@Tag("containers")
class ShapesTest {
    private static final String LONG = "<p>the same words again</p>\n".repeat(4000);
    private static final String TAKES_GZIP = "Accept-Encoding: gzip";

    @Test
    void oneBalancerAndOneWebServerWithContentOfTheUser() {
        TestSite site =
                TestSite.of(
                        """
                        vip:
                          address: 192.168.0.150
                        balancers:
                          haproxy-a:
                            address: 172.20.0.50
                        listen:
                          http: 8080
                          https: 8443
                          header_size: 32k
                        servers:
                          shop:
                            content: ./my-site
                        """);
        site.file("my-site/index.html", "<h1>my shop</h1>\n");
        site.file("my-site/deep/page.txt", "deep\n");
        site.file("my-site/deep/index.html", "<h1>deep</h1>\n");
        site.file("my-site/long.html", LONG);
        site.file("my-site/long.bin", LONG);
        site.file("my-site/main.3f9a2c1b7d4e5f60.js", "void 0;\n");
        try (site) {
            site.up();

            String vip = site.lan(150).toString();
            assertThat(site.whoAnswers("https://" + vip + ":8443/")).isEqualTo("my shop");
            String page = "http://" + vip + ":8080/deep/page.txt";
            assertThat(site.curl(page).stdout()).isEqualTo("deep\n");
            assertThat(site.vipOwners(List.of("haproxy-a"))).containsExactly("haproxy-a");

            aDirectoryIsFoundOverEveryPort(site, vip);
            longHeadersPass(site, vip);
            textIsCompressedForWhoTakesIt(site, "http://" + vip + ":8080");
            whatClientsMayKeepIsSaid(site, "http://" + vip + ":8080");
            anUploadOverHttp2NeedsFewRoundTrips(site, vip);
        }
    }

    /// Nginx does not know on which port the balancers listen.
    private static void aDirectoryIsFoundOverEveryPort(TestSite site, String vip) {
        for (String url : List.of("http://" + vip + ":8080", "https://" + vip + ":8443")) {
            Output found = site.curl("--location", "-w", " %{url_effective}", url + "/deep");
            assertThat(found.stdout().strip()).isEqualTo("<h1>deep</h1>\n " + url + "/deep/");
        }
    }

    /// Byte for byte the same, compressed or not; and what drills ask for is never compressed.
    private static void textIsCompressedForWhoTakesIt(TestSite site, String url) {
        String page = url + "/long.html";
        assertThat(site.curl(page).stdout()).isEqualTo(LONG);
        assertThat(site.curl("--compressed", page).stdout()).isEqualTo(LONG);
        String head = head(site, "-H", TAKES_GZIP, page);
        assertThat(head).contains("content-encoding: gzip\n", "vary: Accept-Encoding\n");
        assertThat(head(site, page)).doesNotContain("content-encoding");
        assertThat(head(site, "-H", TAKES_GZIP, url + "/long.bin"))
                .contains("content-length: " + LONG.length() + "\n")
                .doesNotContain("content-encoding");
        Output slow =
                site.curl(
                        "-H",
                        TAKES_GZIP,
                        "-H",
                        DrillPass.header(site),
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code} %{size_download}",
                        url + "/tandem-drill/slow");
        assertThat(slow.stdout().strip()).isEqualTo("200 98304");
    }

    private static void whatClientsMayKeepIsSaid(TestSite site, String url) {
        for (String encoding : List.of("identity", "gzip")) {
            String accepts = "Accept-Encoding: " + encoding;
            String head = head(site, "-H", accepts, url + "/long.html");
            assertThat(head).contains("cache-control: no-cache\n");
            String tag = head.replaceAll("(?s).*\netag: ([^\n]*)\n.*", "$1");
            assertThat(head(site, "-H", accepts, "-H", "If-None-Match: " + tag, url + "/long.html"))
                    .startsWith("HTTP/1.1 304 ");
        }
        assertThat(head(site, url + "/main.3f9a2c1b7d4e5f60.js"))
                .contains("cache-control: public, max-age=31536000, immutable\n");
        assertThat(head(site, url + "/nothing")).doesNotContain("cache-control");
    }

    /// The head of the answer to a GET, its names in small letters.
    private static String head(TestSite site, String... words) {
        List<String> all = new ArrayList<>(List.of("-D", "-", "-o", "/dev/null"));
        all.addAll(List.of(words));
        String head = site.curl(all.toArray(String[]::new)).stdout().replace("\r", "");
        return Pattern.compile("(?m)^[A-Za-z-]+:")
                .matcher(head)
                .replaceAll(name -> name.group().toLowerCase(Locale.ROOT));
    }

    private static void longHeadersPass(TestSite site, String vip) {
        String url = "http://" + vip + ":8080/";
        assertThat(site.curl("-H", "Cookie: a=" + "x".repeat(31_000), url).stdout())
                .contains("my shop");
        Output refused = site.curl("-i", "-H", "Cookie: a=" + "x".repeat(34_000), url);
        assertThat(refused.stdout())
                .as("what is no request gets its answer before any rule")
                .startsWith("HTTP/1.1 400")
                .doesNotContain("X-Balancer");
    }

    /// A megabyte is 16 windows of HTTP/2's usual 64 kB. On a line of 50 ms each of them waits for
    /// the one before: 0.75 s, on the fastest machine.
    private static void anUploadOverHttp2NeedsFewRoundTrips(TestSite site, String vip) {
        site.file("upload", "x".repeat(1 << 20));
        double best = Double.MAX_VALUE;
        try (SlowLine line = SlowLine.to(vip, 8443, Duration.ofMillis(50))) {
            for (int i = 0; i < 5 && best > 0.7; i++) {
                Output done =
                        site.curl(
                                "--http2",
                                "--header",
                                DrillPass.header(site),
                                "--connect-to",
                                vip + ":8443:" + line.end(),
                                "--data-binary",
                                "@upload",
                                "-w",
                                "%{http_code} %{http_version} %{time_pretransfer} %{time_total}",
                                "https://" + vip + ":8443/tandem-drill/upload");
                assertThat(done.stdout()).as(done.stderr()).startsWith("ran\n200 2 ");
                String[] times = done.stdout().strip().split(" ", -1);
                best = Math.min(best, Double.parseDouble(times[3]) - Double.parseDouble(times[2]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(best).as("seconds").isLessThan(0.7);
    }

    @Test
    void threeBalancersTakeOverInTheOrderOfTheFile() {
        TestSite site =
                TestSite.of(
                        """
                        vip:
                          address: 192.168.0.150
                        balancers:
                          haproxy-a:
                            address: 172.20.0.50
                          haproxy-b:
                            address: 172.20.0.60
                          haproxy-c:
                            address: 172.20.0.70
                        servers:
                          web-a:
                          web-b:
                          web-c:
                        """);
        List<String> balancers = List.of("haproxy-a", "haproxy-b", "haproxy-c");
        try (site) {
            site.up();
            assertThat(site.vipOwners(balancers)).containsExactly("haproxy-a");
            assertThat(site.whoAnswers("http://" + site.lan(150) + "/", 3))
                    .containsExactlyInAnyOrder("web-a", "web-b", "web-c");

            site.docker("kill", "haproxy-a");
            TestSite.await("b", () -> site.vipOwners(balancers).toString().equals("[haproxy-b]"));
            site.docker("stop", "haproxy-b");
            TestSite.await("c", () -> site.vipOwners(balancers).toString().equals("[haproxy-c]"));
            assertThat(site.whoAnswers("https://" + site.lan(150) + "/")).startsWith("web-");
        }
    }

    @Test
    void aWebServerThatIsThereAlreadyIsUsedAndNeverTouched() {
        TestSite site =
                TestSite.of(
                        """
                        vip:
                          address: 192.168.0.150
                        balancers:
                          haproxy-a:
                            address: 172.20.0.50
                        servers:
                          web-a:
                          there:
                            url: http://192.168.0.99:8080
                        """);
        site.file("pages/index.html", "<h1>there</h1>\n");
        try (site) {
            site.up();
            assertThat(site.tandem("status").stdout()).contains("not ours");
            try (OtherServer there = OtherServer.start(site)) {
                for (String scheme : List.of("http", "https")) {
                    String url = scheme + "://" + site.lan(150) + "/";
                    TestSite.await(
                            "both answer over " + scheme,
                            () -> site.whoAnswers(url, 2).containsAll(List.of("there", "web-a")));
                }
                isNotTouched(site, there.container());
            }
        }
    }

    /// Its own port answers all the time.
    @Test
    void aWebServerThatTellsItsHealthOnAnotherPortIsAskedThere() {
        TestSite site =
                TestSite.of(
                        """
                        vip:
                          address: 192.168.0.150
                        balancers:
                          haproxy-a:
                            address: 172.20.0.50
                        backend:
                          check: {path: /, port: 8082}
                        servers:
                          there:
                            url: http://192.168.0.99:8080
                        """);
        site.file("pages/index.html", "<h1>there</h1>\n");
        try (site) {
            site.up();
            try (OtherServer _ = OtherServer.start(site)) {
                TestSite.await("nobody is on that port", () -> stat(site).contains(",L4CON,"));
                assertThat(stat(site)).startsWith("web,there,").contains(",DOWN,");
                site.file("tandem.yaml", site.text().replace("8082", "8081"));

                assertThat(site.tandem("plan").stdout())
                        .contains("backend.check.port: 8082 → 8081");
                assertThat(site.tandem("apply", "--yes").exit()).isZero();

                TestSite.await("it is up", () -> stat(site).contains(",UP,"));
                assertThat(site.tandem("weight", "there", "50%").exit()).isZero();
                assertThat(site.exec("haproxy-a", "reload", "haproxy").ok()).isTrue();
                TestSite.await("after a reload, too", () -> stat(site).contains(",UP,"));
                assertThat(stat(site)).contains(",L7OK,200,");
            }
        }
    }

    /// What HAProxy says of the web server.
    private static String stat(TestSite site) {
        return site.exec("haproxy-a", "runtime", "show stat web 4 -1").lines().stream()
                .filter(line -> line.startsWith("web,there,"))
                .findFirst()
                .orElse("");
    }

    /// By all that is done with a site in which it is a web server.
    private static void isNotTouched(TestSite site, String there) {
        List<String> before = state(there);
        Instant since = Instant.now();

        assertThat(site.tandem("drain", "there").exit()).isZero();
        assertThat(site.tandem("ready", "there").exit()).isZero();
        site.file("tandem.yaml", site.text().replace(":8080", ":8081"));
        assertThat(site.tandem("apply", "--yes").exit()).isZero();
        assertThat(site.tandem("down").exit()).as("its network is in use").isEqualTo(5);

        assertThat(state(there)).isEqualTo(before);
        assertThat(happenedTo(there, since)).as("what the engine was told to do").isEmpty();
    }

    /// What the engine knows of a container, and what was written in it. The engine lists mounts
    /// and changes in any order.
    private static List<String> state(String container) {
        return Stream.of("inspect", "diff")
                .flatMap(what -> Shell.answer("docker", what, container).lines().sorted())
                .toList();
    }

    /// What the engine did with a container: started, stopped, executed in it.
    private static String happenedTo(String container, Instant since) {
        return Shell.type(
                "docker events --since %s --until %s --filter container=%s"
                        .formatted(since, Instant.now(), container));
    }

    @Test
    void theUsersOwnCertificateIsServed() {
        TestSite site = TestSite.likeTheCustomers();
        Shell.type(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=www.example.com"
                        + (" -keyout " + site.directory().resolve("own.key"))
                        + (" -out " + site.directory().resolve("own.pem"))
                        + " -addext subjectAltName=DNS:www.example.com");
        site.file("tandem.yaml", withServersOverTls(site));
        site.file("pages/index.html", "<h1>there</h1>\n");
        try (site) {
            site.up();
            assertThat(site.tandem("status").stdout())
                    .contains("warning:   servers.trusted.verify: none");
            try (OtherServer _ = OtherServer.start(site)) {
                TestSite.await(
                        "the check asks for the name of the certificate, as clients do",
                        () -> site.tandem("status").ok());
            }

            Output output =
                    site.curl(
                            "--cacert",
                            "own.pem",
                            "--resolve",
                            "www.example.com:443:" + site.lan(150),
                            "https://www.example.com/");

            assertThat(output.stdout()).as(output.stderr()).contains("<h1>web-");
        }
    }

    /// Both have a site for the name of the certificate only.
    private static String withServersOverTls(TestSite site) {
        String servers =
                """
                  there:
                    url: https://192.168.0.99:8443
                    tls_name: www.example.com
                    ca: own.pem
                  trusted:
                    url: https://192.168.0.99:8444
                    verify: none
                """;
        return site.text().replace("\nservers:", "\nservers:\n" + site.subnets().in(servers))
                + "\ntls:\n  certificate: own.pem\n  key: own.key\n";
    }
}
