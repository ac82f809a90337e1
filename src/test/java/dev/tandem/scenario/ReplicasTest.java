package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Web servers that DNS knows under one name: they come and go, DNS says nothing or is away, and no
/// request is lost.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class ReplicasTest {
    private static final int FIRST = 100;
    private static final int ALL = 6;

    private static final TestSite SITE =
            TestSite.of(
                    """
                    vip:
                      address: 192.168.0.150
                    balancers:
                      haproxy-a:
                      haproxy-b:
                    backend:
                      balance: roundrobin
                      nameservers: [192.168.0.98]
                    servers:
                      app: {url: "http://app.test:8080", replicas: 4}
                      web-a: {content: ./pages}
                    timing:
                      check_limit: 2s
                      connect: 1s
                      fall: 4
                    """);

    private static final ChangingSite LIVE = new ChangingSite(SITE);

    @BeforeAll
    static void begin() throws Exception {
        UnderLoad.provide(SITE);
        SITE.up();
        LIVE.begin();
    }

    @AfterAll
    static void end() throws Exception {
        LIVE.load().end();
        for (int number = 0; number < ALL; number++) {
            Shell.run(Shell.HOME, "docker", "rm", "--force", SITE.container("app" + number));
        }
        LIVE.end();
    }

    /// Each says its number in the header that names a web server.
    private static void startAll() {
        SITE.file(
                "instance.conf",
                """
                events {}
                http {
                    access_log off;
                    server {
                        listen 8080;
                        root /srv/content;
                        add_header X-Served-By $hostname always;
                        location /tandem-drill/ { empty_gif; }
                    }
                }
                """);
        String image =
                Shell.answer(
                        "docker", "inspect", "-f", "{{.Config.Image}}", SITE.container("web-a"));
        for (int number = 0; number < ALL; number++) {
            Shell.type(
                    "docker run -d --name "
                            + SITE.container("app" + number)
                            + (" --label dev.tandem.check=" + TestSite.CHECK)
                            + (" --hostname app" + number)
                            + (" --network " + SITE.name() + "_lan --ip " + at(number))
                            + (" -v " + SITE.directory().resolve("instance.conf"))
                            + ":/etc/tandem/nginx.conf:ro"
                            + (" -v " + SITE.directory().resolve("pages"))
                            + (":/srv/content:ro " + image));
        }
    }

    private static String at(int number) {
        return SITE.lan(FIRST + number).toString();
    }

    /// The addresses of some of them.
    private static List<String> from(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(ReplicasTest::at).toList();
    }

    private static void awaitStatus(String words) {
        TestSite.await(
                "status says " + words,
                () ->
                        SITE.tandem("status")
                                .stdout()
                                .lines()
                                .filter(line -> line.startsWith("app "))
                                .anyMatch(line -> line.split(words, -1).length == 3));
    }

    @Test
    void theyComeAndGoAsDnsSaysAndWithoutDnsNothingChanges() throws Exception {
        startAll();
        try (DnsServer dns = DnsServer.start(SITE, from(0, 1))) {
            awaitStatus("2 of 2 UP");
            assertThat(LIVE.answering()).isEqualTo(Set.of("app0", "app1", "web-a"));

            List<String> six = new ArrayList<>(from(0, 5));
            six.add("fd00::1"); // which no balancer can reach
            dns.says(six);
            awaitStatus("4 of 4 UP");
            assertThat(LIVE.answering()).hasSize(5).contains("app0", "app1", "web-a");

            dns.says(from(4, 5));
            TestSite.await(
                    "two others answer",
                    () -> LIVE.answering().equals(Set.of("app4", "app5", "web-a")));
            awaitStatus("2 of 2 UP");
            LIVE.nothingIsLost("they came and went");

            dns.says(List.of());
            LIVE.load().goOn(8); // it is asked every 5 s
            assertThat(LIVE.answering()).isEqualTo(Set.of("app4", "app5", "web-a"));
            LIVE.nothingIsLost("an answer without an address");

            dns.away();
            reloaded();
            assertThat(LIVE.answering()).isEqualTo(Set.of("app4", "app5", "web-a"));
            LIVE.nothingIsLost("reloads without DNS");

            dns.back(from(0, 1));
            TestSite.await(
                    "the first ones answer",
                    () -> LIVE.answering().equals(Set.of("app0", "app1", "web-a")));
            LIVE.nothingIsLost("DNS is back");
        }
    }

    private static void reloaded() {
        LIVE.edit("fall: 4", "fall: 5");
        LIVE.applied();
    }
}
