package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Keys of the site file that say where something is, how long it may take, and what clients see:
/// each is changed while the site serves, and no request is lost. What only clients find to be
/// broken is taken back.
///
/// Each test changes other keys, from whatever the test before has left; what a test that failed
/// has left is taken back.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class ChangedKeysTest {
    @RegisterExtension
    static final ChangingSite LIVE = new ChangingSite(ChangedKeysTest::certificate);

    @RegisterExtension static final AsItsFileAsks EACH = new AsItsFileAsks(LIVE);
    private static final TestSite SITE = LIVE.site();
    private static final String SERVERS = "servers:\n";
    private static final String THERE =
            "  there: {url: http://" + SITE.lan(OtherServer.ADDRESS) + ":8080}\n";

    /// One that a company's own CA has made, for the VIP and a name.
    private static void certificate(TestSite site) {
        String files = site.directory() + "/";
        Shell.type(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=company"
                        + (" -keyout " + files + "company.key -out " + files)
                        + UnderLoad.AUTHORITY);
        Shell.type(
                "openssl req -newkey rsa:2048 -nodes -subj /CN=www.example"
                        + (" -addext subjectAltName=DNS:www.example,IP:" + site.lan(150))
                        + (" -keyout " + files + "own.key -out " + files + "own.csr"));
        Shell.type(
                "openssl x509 -req -copy_extensions copy -days 30 -set_serial 77"
                        + (" -in " + files + "own.csr -out " + files + "own.pem")
                        + (" -CA " + files + UnderLoad.AUTHORITY)
                        + (" -CAkey " + files + "company.key"));
    }

    @Test
    void aWebServerOfOursMovesToAnotherAddress() {
        LIVE.edit("web-b: {", "web-b: {address: " + SITE.network(9) + ", ");

        assertThat(LIVE.plan())
                .startsWith(
                        "drain      web-b      its container is replaced next\nreplace    web-b")
                .contains("servers.web-b.address: " + SITE.network(3) + " → " + SITE.network(9))
                .doesNotContain("clients will notice");
        LIVE.applied();

        assertThat(LIVE.answering()).containsExactly("web-a", "web-b");
        String page = "http://" + SITE.network(9) + "/";
        assertThat(SITE.curl("--fail", page).exit()).isZero();
    }

    @Test
    void aWebServerThatWasThereMovesToAnotherPortAndRequestsAreSpreadInOtherWays() {
        String without = SITE.text();
        try (OtherServer _ = OtherServer.start(SITE)) {
            LIVE.edit(SERVERS, SERVERS + THERE);
            LIVE.edit("balance: roundrobin", "balance: leastconn");
            LIVE.applied();
            TestSite.await("it answers", () -> LIVE.answering().contains("there"));

            LIVE.edit(":8080", ":8081");
            LIVE.edit("balance: leastconn", "balance: source");
            assertThat(LIVE.plan())
                    .contains("backend.balance: leastconn → source")
                    .contains("servers.there.url: http://")
                    .contains(":8080 → http://")
                    .doesNotContain("clients will notice");
            LIVE.applied();
            assertThat(LIVE.answering()).as("one client, one web server").hasSize(1);

            // A connection that HAProxy's old process keeps may ask once more.
            ordered("drain", "there");
            SITE.file("tandem.yaml", without);
            LIVE.applied();
            TestSite.await("two answer", () -> LIVE.answering().equals(Set.of("web-a", "web-b")));
        }
    }

    /// Both ways: of two balancers, one is slower than the other for a while.
    @Test
    void allTimesBecomeLongerAndShorterAgain() {
        String before = SITE.text();
        LIVE.edit("tls:\n", "failover: 5s\ntls:\n");
        assertThat(LIVE.plan()).contains("reload     haproxy-b", "timing.advert: 0.05s → 1.61s");
        LIVE.applied();
        assertThat(SITE.exec("haproxy-a", "grep", "advert_int 1.61", "/etc/tandem/keepalived.conf"))
                .matches(Output::ok);
        LIVE.nothingIsLost("longer times");

        SITE.file("tandem.yaml", before);
        LIVE.applied();
    }

    /// Both ways, with the VIP on the second balancer at the end: it goes home by the change.
    @Test
    void theVipStaysWhereItIsUntilSomebodyBringsItHome() {
        String before = SITE.text();
        LIVE.edit("vip:\n", "vip:\n  return: never\n");
        assertThat(LIVE.plan())
                .contains("reload     haproxy-b  keepalived.conf: vip.return: always → never")
                .contains("home       haproxy-b");
        LIVE.applied();
        assertThat(holders()).containsExactly("haproxy-b");

        ordered("switchover", "haproxy-a");
        assertThat(holders()).containsExactly("haproxy-a");
        assertThat(SITE.tandem("plan").stdout()).startsWith("Nothing to do");

        Shell.type("docker stop -t 30 " + SITE.container("haproxy-a"));
        TestSite.await("haproxy-b has it", () -> holders().equals(List.of("haproxy-b")));
        Shell.type("docker start " + SITE.container("haproxy-a"));
        TestSite.await("all is well", () -> SITE.tandem("status").exit() == 0);
        assertThat(SITE.exec("haproxy-a", "cat", "/run/tandem/vrrp").stdout())
                .as("it came back and waits")
                .startsWith("BACKUP");
        assertThat(holders()).containsExactly("haproxy-b");

        ordered("switchover"); // the first that does not have it
        assertThat(holders()).containsExactly("haproxy-a");
        ordered("switchover");
        SITE.file("tandem.yaml", before);
        LIVE.applied();
        assertThat(holders()).containsExactly("haproxy-a");
        LIVE.nothingIsLost("a VIP that stays");
    }

    private static List<String> holders() {
        return List.copyOf(SITE.vipOwners(LiveSite.BALANCERS));
    }

    private static void ordered(String... words) {
        Output output = SITE.tandem(words);
        assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
    }

    @Test
    void theCertificateIsOneOfTheUsersOwn() {
        LIVE.edit("  names: [www.example]\n", "  certificate: own.pem\n  key: own.key\n");

        assertThat(LIVE.plan()).doesNotContain("clients will notice");
        LIVE.applied();

        Output named =
                SITE.curl(
                        "--fail",
                        "--cacert",
                        UnderLoad.AUTHORITY,
                        "--resolve",
                        "www.example:443:" + SITE.lan(150),
                        "https://www.example/");
        assertThat(named.exit()).as(named.stderr()).isZero();
    }

    /// The init asks HAProxy there whether it serves, so that all of it is made again.
    @Test
    void theHealthPageMovesToAnotherPort() {
        LIVE.edit("backend:\n", "listen:\n  health: 8405\nbackend:\n");

        assertThat(LIVE.plan()).doesNotContain("clients will notice");
        LIVE.applied();

        for (int balancer : List.of(50, 60)) {
            String page = "http://" + SITE.network(balancer) + ":8405/health";
            assertThat(SITE.curl("--fail", page).exit()).isZero();
        }
    }

    /// Balancers with the old number and the new one do not hear each other: only one takes part
    /// until all have the new one. The one that does not goes on with the connections that it has.
    @Test
    void theVirtualRouterGetsAnotherNumberAndTheVipHasOneHolderAllTheTime() throws Exception {
        LIVE.edit("vip:\n", "vip:\n  router_id: 99\n");
        assertThat(LIVE.plan())
                .startsWith("duty       haproxy-b  maintenance: ")
                .contains("reload     haproxy-a", "vip.router_id: 150 → 99", "clients will notice");

        ordered("switchover");
        try (SteadyClient ofTheOther = SteadyClient.of(SITE)) {
            ordered("switchover");
            try (LanClient onlooker = LanClient.of(SITE, "onlooker");
                    OwnerWatch watch = OwnerWatch.of(SITE, onlooker)) {
                TestSite.await("it looks on", () -> !watch.now().isEmpty());
                String holder = watch.now();
                LIVE.applied();

                assertThat(watch.spans())
                        .extracting(OwnerWatch.Span::macs)
                        .isSubsetOf(holder, "none")
                        .last()
                        .isEqualTo(holder);
            }
            assertThat(ofTheOther.wrong()).as("what the connection of haproxy-b got").isEmpty();
        }
        assertThat(SITE.fact("haproxy-b", "vrrp")).isEqualTo("BACKUP");
        assertThat(SITE.exec("haproxy-b", "grep", "router_id 99", "/etc/tandem/keepalived.conf"))
                .matches(Output::ok);
    }

    /// A web server that passes its check, and yet is not complete: only who orders something there
    /// finds out. The probe asks for `/`, so the change passes it; customers do not.
    @Test
    void whatOnlyClientsFindBrokenIsTakenBackByItself() throws Exception {
        String file = SITE.text();
        List<String> before = running();
        int failed = LIVE.load().failed().size();
        try (OtherServer _ = OtherServer.start(SITE);
                UnderLoad orders = UnderLoad.ordering(SITE)) {
            orders.goOn(2);
            LIVE.edit(SERVERS, SERVERS + THERE);

            Output output = LIVE.apply("--watch-time", "5");

            long back = orders.nanos();
            assertThat(output.exit()).as(output.stdout() + output.stderr()).isEqualTo(5);
            assertThat(output.stderr())
                    .contains("probe haproxy-b  before it gets traffic\nswitchover haproxy-b")
                    .contains("tandem: too many requests failed at haproxy-b since it took the VIP")
                    .contains("state: the change was taken back: the site runs as before it");
            assertThat(share(output.stderr())).as("percent of all requests").isBetween(1.0, 20.0);
            orders.goOn(3);
            orders.end();
            assertThat(orders.failed()).as("what they noticed").isNotEmpty();
            assertThat(orders.failed()).allMatch(order -> order.sent() < back);
            assertThat(orders.lost()).as("each was answered").isEqualTo(orders.failed());
        }
        assertThat(LIVE.load().failed()).as("whatever else was asked for").hasSize(failed);
        assertThat(running()).as("as before").isEqualTo(before);
        assertThat(LIVE.lastChange())
                .contains(" apply servers.there: added ")
                .contains("taken back: too many requests failed at haproxy-b");
        assertThat(LIVE.plan()).contains("haproxy.cfg: servers.there: added");
        SITE.file("tandem.yaml", file);
    }

    /// What the balancers have loaded, and the process of the one that held the VIP: it is the same
    /// when it was not touched.
    private static List<String> running() {
        return List.of(
                SITE.fact("haproxy-a", "loaded"),
                SITE.fact("haproxy-b", "loaded"),
                LIVE.worker("haproxy-a"));
    }

    /// What the message says that was seen.
    private static double share(String text) {
        String line = "seen: +(\\d+) of (\\d+) were answered 5xx; before the change it was 0";
        Matcher seen = Pattern.compile(line).matcher(text);
        assertThat(seen.find()).as(text).isTrue();
        return 100.0 * Integer.parseInt(seen.group(1)) / Integer.parseInt(seen.group(2));
    }
}
