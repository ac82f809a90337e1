package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Web servers whose checks pass, and that answer 500 to what clients ask: how often they are asked
/// (decision 0011), and when one of them leaves rotation (decision 0029). What is counted is what
/// Nginx logged, not what HAProxy says of itself.
@Tag("containers")
@Tag("slow")
class RetryBudgetTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(withoutOutliers());
    private static final TestSite SITE = LIVE.site();

    private static final String PAGE = "/order.html";
    private static final int REQUESTS = 1000;
    private static final int AT_A_TIME = 10;

    /// `retries` of a site file that does not say: so often each request is tried again at most.
    private static final int RETRIES = 2;

    /// What the usual budget allows for these requests, all of them within 10 s: 20 %, and 100.
    private static final int ALLOWED = REQUESTS * 20 / 100 + 100;

    /// What may come on top: requests that were under way when the limit was reached, and 100 more
    /// if a busy machine takes longer than 10 s for it.
    private static final int LATE = AT_A_TIME * RETRIES + 100;

    private static final String OFF = "outlier_detection: off";

    /// A web server that fails its clients stays: how often it is asked is counted.
    private static TestSite withoutOutliers() {
        TestSite site = TestSite.forLoad();
        site.write(site.text() + "backend: {" + OFF + "}\n");
        return site;
    }

    @BeforeAll
    static void provide() {
        SITE.file("pages" + PAGE, "<h1>order</h1>\n");
    }

    @Test
    void aWebServerThatFailsItsClientsLeavesRotationAndIsBackOnceItIsCured() {
        String before = SITE.text();
        SITE.write(before.replace(OFF, OFF.replace("off", "on")));
        SITE.up();
        try {
            try (LoadedFile _ = broken("web-a")) {
                TestSite.await(
                        "it is out",
                        () -> {
                            assertThat(statuses("before")).containsOnly("200");
                            return SITE.tandem("status")
                                    .stdout()
                                    .contains("web-a: haproxy-a has taken it out of web:");
                        });
                assertThat(SITE.tandem("status").exit()).isEqualTo(1);

                assertThat(statuses("out")).containsOnly("200");
                assertThat(asked("web-a", "out")).isZero();
                assertThat(asked("web-b", "out")).isEqualTo(REQUESTS);
            }
            SITE.awaitWell();
            assertThat(statuses("cured")).containsOnly("200");
            assertThat(asked("web-a", "cured")).isBetween(REQUESTS * 4 / 10, REQUESTS * 6 / 10);
        } finally {
            SITE.write(before);
            SITE.up();
        }
    }

    @Test
    void webServersThatAllFailAreAskedNoMoreOftenThanTheBudgetAllows() {
        LIVE.reloaded("haproxy-a", "haproxy"); // what it has counted so far is forgotten
        int within = askedWhenAllFail("within");
        int without = askedWhenAllFailWithoutBudget();

        System.out.println("all fail: asked " + within + " times, without a budget " + without);
        assertThat(within)
                .isBetween(REQUESTS + ALLOWED * 9 / 10, REQUESTS + ALLOWED + LATE)
                .isLessThan(without);
        assertThat(without).isGreaterThan(REQUESTS * (1 + RETRIES) * 9 / 10);
    }

    @Test
    void besideAWebServerThatFailsEveryTimeEveryRequestIsStillServed() {
        try (LoadedFile _ = broken("web-a")) {
            assertThat(statuses("beside")).hasSize(REQUESTS).containsOnly("200");

            int asked = asked("web-a", "beside") + asked("web-b", "beside");
            System.out.println("one of two fails: asked " + asked + " times");
            statusAndDoctorSayHowManyOfItsRequestsFail();
            assertThat(asked).isGreaterThan(REQUESTS + ALLOWED);
        }
    }

    /// Nobody has noticed: clients were served by the other one.
    private static void statusAndDoctorSayHowManyOfItsRequestsFail() {
        String words = "web-a: \\d+ of its \\d+ requests in the last \\d+ s failed, \\d+ %";
        TestSite.await(
                "that is counted",
                () -> Pattern.compile(words).matcher(SITE.tandem("status").stdout()).find());
        Output status = SITE.tandem("status", "--json");
        Output doctor = whileClientsAsk(() -> SITE.tandem("doctor"));

        System.out.println("one of two fails: " + status.stdout().replaceAll("\\s+", " "));
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.stdout()).containsPattern("\"failed\" : [1-9]");
        assertThat(doctor.stdout())
                .containsPattern("ILL +web-a\\s+seen: +\\d+ of its \\d+ requests")
                .contains("tandem drain web-a")
                .doesNotContainPattern("ILL +web-b");
    }

    private static Output whileClientsAsk(Supplier<Output> command) {
        AtomicBoolean asking = new AtomicBoolean(true);
        CompletableFuture<Void> clients =
                CompletableFuture.runAsync(
                        () -> {
                            while (asking.get()) {
                                statuses("meanwhile");
                            }
                        },
                        Thread::startVirtualThread);
        Output output = command.get();
        asking.set(false);
        clients.join();
        return output;
    }

    private static int askedWhenAllFailWithoutBudget() {
        String before = SITE.text();
        SITE.write(before.replace(OFF, OFF + ", retry_budget: 100%"));
        SITE.up();
        try {
            return askedWhenAllFail("without");
        } finally {
            SITE.write(before);
            SITE.up();
        }
    }

    /// How often both together are asked.
    private static int askedWhenAllFail(String id) {
        try (LoadedFile _ = broken("web-a");
                LoadedFile _ = broken("web-b")) {
            assertThat(statuses(id)).hasSize(REQUESTS).containsOnly("500");
            return asked("web-a", id) + asked("web-b", id);
        }
    }

    /// From now on it answers 500 to the page; its checks ask another one.
    private static LoadedFile broken(String server) {
        LoadedFile conf = LIVE.loaded(server, "nginx", server + "/nginx.conf");
        String fails = "        location = " + PAGE + " { return 500; }\n\n";
        conf.taken(conf.before().replace("        location / {", fails + "        location / {"));
        return conf;
    }

    /// What clients get, some of them at a time.
    private static List<String> statuses(String id) {
        Output output =
                SITE.curl(
                        "--parallel",
                        "--parallel-max",
                        Integer.toString(AT_A_TIME),
                        "-H",
                        "X-Tandem-Id: " + id,
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}\n",
                        "http://" + SITE.lan(150) + PAGE + "?[1-" + REQUESTS + "]");
        assertThat(output.ok()).as(output.stderr()).isTrue();
        return output.lines();
    }

    /// How often a web server was asked by these clients, as its log says. It is complete once the
    /// log has a later request.
    private static int asked(String server, String id) {
        int address = server.equals("web-a") ? 2 : 3;
        String last = "after-" + id;
        SITE.curl("-H", "X-Tandem-Id: " + last, "http://" + SITE.network(address) + PAGE);
        TestSite.await(
                last + " is in the log of " + server,
                () -> lines(server).anyMatch(line -> line.endsWith("id=" + last)));
        return (int) lines(server).filter(line -> line.endsWith("id=" + id)).count();
    }

    private static Stream<String> lines(String server) {
        String[] logs = {"docker", "logs", SITE.container(server)};
        return Shell.run(SITE.directory(), logs).lines().stream();
    }
}
