package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.RequestRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a client can do to a balancer and, through it, to a web server: more connections than there
/// are (decision 0033), slowness, requests with two meanings. Each attack says what came through;
/// ordinary clients lose nothing meanwhile, but where two addresses take all that there is, and the
/// VIP does not move. `bench/attack` prints the table.
@Tag("containers")
@Tag("counting")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(site());
    private static final TestSite SITE = LIVE.site();
    private static final Pattern SHARES =
            Pattern.compile("clients may have (\\d+) connections, one address (\\d+) of them");

    /// More than HAProxy can hold where a process may have 20 000 files open.
    private static final int MANY = 11_000;

    private static final int LAST = Integer.MAX_VALUE;
    private static final int RAPID = 10_000;

    /// How many seconds two addresses keep all connections, and how many others have of them.
    private static final int HELD = 10;

    private static final int OTHERS = 200;

    /// Until a body that brings a byte in 8 s is ended: 50 s, up to two looks of 10 s, and time to
    /// spare.
    private static final int ENDED = 80;

    private static UnderLoad load;
    private static int told;
    private static Recorder recorder;

    /// They take so long that all other attacks run beside them, but for the one that leaves their
    /// address no connection.
    private static CompletableFuture<Hog> dripping;

    private static CompletableFuture<Hog> phones;

    /// A web server of ours, and one that writes down what reaches it.
    private static TestSite site() {
        TestSite site = TestSite.forLoad();
        String url = "{url: http://192.168.0." + Recorder.ADDRESS + ":8080}";
        site.write(site.text().replace("web-b: {content: ./pages}", "writes: " + url));
        return site;
    }

    @BeforeAll
    static void begin() throws Exception {
        recorder = Recorder.start(SITE, "writes");
        SITE.awaitWell();
        load = UnderLoad.of(SITE);
        told = 0;
        load.goOn(1);
        dripping = Hog.begin(SITE, "bodies", 80, 60, ENDED);
        phones = Hog.begin(SITE, "phone", 80, 20, ENDED);
    }

    @AfterAll
    static void end() {
        load.close();
        recorder.close();
    }

    /// An attack, and what is to be true of others after it.
    private static <T> T attack(String name, Supplier<T> attack, Function<T, String> summary) {
        String since = since();
        T came = attack.get();
        load.goOn(1);
        List<RequestRecord> lost = load.lost().stream().skip(told).toList();
        told += lost.size();
        System.out.printf("attack | %s | %s | %d%n", name, summary.apply(came), lost.size());
        assertThat(lost).as(name).isEmpty();
        assertThat(since()).as(name).isEqualTo(since);
        return came;
    }

    private static String each(List<Hog> hogs) {
        return hogs.stream().map(Hog::toString).collect(Collectors.joining("; "));
    }

    private static String passed(List<String> outcomes) {
        int passed = Collections.frequency(outcomes, Payload.PASSES);
        return "%d passed as one request, %d refused".formatted(passed, outcomes.size() - passed);
    }

    /// Since when each balancer has its role.
    private static String since() {
        return SITE.fact("haproxy-a", "since") + SITE.fact("haproxy-b", "since");
    }

    /// What one address may have, as the init of the master says.
    private static int half() {
        Matcher said = SHARES.matcher(SITE.log("haproxy-a"));
        assertThat(said.find()).isTrue();
        int half = Integer.parseInt(said.group(2));
        assertThat(half).isEqualTo(Integer.parseInt(said.group(1)) / 2);
        return half;
    }

    /// How many connections the master's frontend has refused.
    private static int denied(String frontend) {
        String url = "http://" + SITE.network(50) + ":8404/metrics?scope=frontend";
        Pattern line =
                Pattern.compile(
                        "haproxy_frontend_denied_connections_total\\{proxy=\""
                                + frontend
                                + "\"\\} (\\d+)");
        Matcher found = line.matcher(SITE.curl(url).stdout());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    @Test
    @Order(LAST)
    void whoOpensMoreConnectionsThanThereAreGetsHalfOfThem() {
        int half = Math.min(half(), MANY);
        int denied = denied("http");

        Hog http =
                attack(
                        MANY + " connections, HTTP, kept",
                        () -> Hog.run(SITE, "kept", 80, MANY, 3),
                        Hog::toString);
        Hog https =
                attack(
                        MANY + " connections, HTTPS, silent",
                        () -> Hog.run(SITE, "idle", 443, MANY, 3),
                        Hog::toString);

        assertThat(List.of(http.opened(), https.opened())).containsOnly(half);
        assertThat(denied("http") - denied).isEqualTo(MANY - half);
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
    }

    /// Together they have all that clients may have: others lose new connections meanwhile, which
    /// is written down in docs/security.md. The init and whoever asks for the health page are
    /// answered.
    @Test
    @Order(LAST)
    void twoWhoTakeHalfEachCostOthersNewConnectionsAndTheVipStays() {
        int half = half();
        String since = since();
        long began = load.nanos();
        List<CompletableFuture<Hog>> hogs =
                Stream.of(1, 2).map(_ -> Hog.begin(SITE, "greedy", 80, half, HELD)).toList();
        TestSite.await("they have all", () -> sessions() >= 2 * half - OTHERS);
        long from = load.nanos();
        load.goOn(HELD / 2);
        long to = load.nanos();
        assertThat(sessions()).as("still").isGreaterThanOrEqualTo(2 * half - OTHERS);
        assertThat(SITE.exec("haproxy-a", "healthy").ok()).isTrue();
        assertThat(hogs.stream().map(CompletableFuture::join).map(Hog::opened))
                .allMatch(opened -> opened > half - OTHERS);

        List<RequestRecord> lost = load.lost().stream().skip(told).toList();
        told += lost.size();
        long fresh =
                lost.stream()
                        .filter(UnderLoad::isNew)
                        .filter(one -> one.planned() >= from && one.planned() < to)
                        .count();
        System.out.printf(
                "attack | 2 addresses, %d connections each, again and again | all that there are;"
                        + " others lose %d new connections in %d s | %d%n",
                half, fresh, (to - from) / 1_000_000_000, lost.size());
        assertThat(lost)
                .as("who has a connection keeps it")
                .noneMatch(one -> one.connected() >= 0 && one.connected() < began);
        assertThat(since()).isEqualTo(since);
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        attack("the same, when they have gone", () -> "", _ -> "nothing");
    }

    /// What clients have open at the master.
    private static int sessions() {
        String url = "http://" + SITE.network(50) + ":8404/metrics?scope=frontend";
        return Pattern.compile("haproxy_frontend_current_sessions\\{proxy=\"http\"\\} (\\d+)")
                .matcher(SITE.curl("--fail", url).stdout())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    @Test
    void whoIsSlowHoldsUpNobodyElse() {
        List<Hog> slow =
                attack(
                        "1000 slow heads, 300 slow bodies",
                        () -> {
                            CompletableFuture<Hog> heads = Hog.begin(SITE, "heads", 80, 1000, 11);
                            CompletableFuture<Hog> bodies = Hog.begin(SITE, "bodies", 80, 300, 11);
                            return List.of(heads.join(), bodies.join());
                        },
                        AttackTest::each);
        assertThat(slow.stream().map(Hog::opened)).containsExactly(1000, 300);
        assertThat(slow.getFirst().left()).as("heads, after timeout http-request").isZero();
    }

    /// `timeout client` ends who is silent. 60 bodies with a byte in 8 s were alive after 80 s.
    /// Those that our Nginx has answered before their end hold no web server.
    @Test
    @Order(LAST - 1)
    void aBodyThatBringsNextToNothingIsEndedAndAPhoneOnABadLineIsNot() {
        List<Hog> bodies =
                attack(
                        "60 bodies of a byte in 8 s, 20 phones",
                        () -> List.of(dripping.join(), phones.join()),
                        AttackTest::each);
        int ended =
                Pattern.compile("bodies: ended (\\d+) uploads")
                        .matcher(SITE.log("haproxy-a"))
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .sum();
        assertThat(ended).as("those of the one that reads to the end").isBetween(15, 45);
        assertThat(bodies.getFirst().left())
                .as(() -> "uploads that ended:\n" + uploads())
                .isBetween(60 - 45, 60 - ended);
        assertThat(bodies.getLast()).as("phones").isEqualTo(new Hog(20, 20));
    }

    private static String uploads() {
        return SITE.log("haproxy-a")
                .lines()
                .filter(line ->
                        line.contains("POST " + UnderLoad.ORDER) || line.contains("bodies:"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void noWebServerSeesARequestThatHaproxyHasNotSeen() {
        List<Payload> payloads = Payload.all();
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(33);
        tried(
                "HTTP/1",
                payloads.stream().map(Payload::name).toList(),
                payloads.stream().map(Payload::answer).toList(),
                1000,
                (i, number) -> vip().outcome(payloads.get(i).numbered(number)));
    }

    @Test
    void whatHttp2SaysInOneFrameIsNotTwoRequestsInHttp1() {
        List<H2Payload> payloads = H2Payload.all();
        tried(
                "HTTP/2",
                payloads.stream().map(H2Payload::name).toList(),
                payloads.stream().map(H2Payload::answer).toList(),
                2000,
                (i, number) -> H2.answers(vip().exchange(payloads.get(i).numbered(number))));
    }

    /// CVE-2023-44487: requests that are taken back as soon as they are sent, over one connection.
    @Test
    void requestsThatAreTakenBackAtOnceDoNotReachWebServers() {
        List<String> head =
                List.of(":method", "GET", ":scheme", "http", ":path", "/rapid/", ":authority", "x");
        H2 rapid = new H2();
        for (int i = 0; i < RAPID; i++) {
            rapid.headers(2 * i + 1, H2.END_STREAM, head).reset(2 * i + 1);
        }

        long reached =
                attack(
                        RAPID + " requests, each taken back at once",
                        () -> {
                            all(1, _ -> H2.answers(vip().exchange(rapid.bytes())));
                            return requests().filter(line -> line.contains(" /rapid/ ")).count();
                        },
                        count -> count + " reached a web server");

        assertThat(reached).isLessThan(RAPID / 100);
    }

    private static RawClient vip() {
        return new RawClient(SITE.lan(150).toString(), 80);
    }

    /// Sends each twice, because the two web servers take turns, all at the same time; each has a
    /// number in its path.
    private static void tried(
            String kind, List<String> names, List<String> answers, int first, Sending sending) {
        List<String> expected = answers.stream().flatMap(one -> Stream.of(one, one)).toList();
        List<String> came =
                attack(
                        names.size() + " payloads of " + kind + ", twice",
                        () -> all(expected.size(), i -> sending.outcome(i / 2, first + i)),
                        AttackTest::passed);
        assertThat(named(names, came)).isEqualTo(named(names, expected));
        arrived(first, expected);
    }

    /// A payload by its place among them, with a number.
    private interface Sending {
        String outcome(int payload, int number) throws IOException;
    }

    /// One thing of several that are done.
    private interface Doing {
        String outcome(int i) throws IOException;
    }

    private static List<String> all(int count, Doing doing) {
        List<CompletableFuture<String>> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            done.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return doing.outcome(number);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            Thread::startVirtualThread));
        }
        return done.stream().map(CompletableFuture::join).toList();
    }

    private static List<String> named(List<String> names, List<String> outcomes) {
        return IntStream.range(0, outcomes.size())
                .mapToObj(i -> names.get(i / 2) + ": " + outcomes.get(i))
                .toList();
    }

    /// Each that passes has reached one web server, once; of the others nobody has heard; and what
    /// arrived has one meaning.
    private static void arrived(int first, List<String> expected) {
        List<String> requests = requests().toList();
        for (int i = 0; i < expected.size(); i++) {
            String path = "/" + (first + i) + "/";
            assertThat(requests.stream().filter(line -> line.contains(path)).toList())
                    .as(path)
                    .hasSize(expected.get(i).equals(Payload.PASSES) ? 1 : 0);
        }
        assertThat(requests).noneMatch(line -> line.contains("smuggled"));
        assertThat(recorder.lines())
                .filteredOn(line -> !line.contains("POST " + UnderLoad.ORDER)) // never ended: slow
                .allMatch(line -> line.endsWith(" clean"));
    }

    /// What both web servers have got, once they have got all: a later request is in their logs.
    private static Stream<String> requests() {
        String last = "/last-" + System.nanoTime() + "/";
        SITE.curl("http://" + SITE.network(2) + last);
        SITE.curl("http://" + SITE.lan(Recorder.ADDRESS) + ":8080" + last);
        TestSite.await(
                last + " is in both logs",
                () -> logs().filter(line -> line.contains(last)).count() == 2);
        return logs();
    }

    private static Stream<String> logs() {
        String[] logs = {"docker", "logs", SITE.container("web-a")};
        return Stream.concat(
                Shell.run(SITE.directory(), logs).lines().stream(), recorder.lines().stream());
    }
}
