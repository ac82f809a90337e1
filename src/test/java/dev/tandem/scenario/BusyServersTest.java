package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Await;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.drill.StreamPaths;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.journal.Company;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.load.RequestClass;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Web servers that were there already and do one thing at a time: one that is busy keeps what it
/// has open, and nothing is sent to the other one because of it (decision 0024).
@Tag("containers")
@Tag("slow")
class BusyServersTest {
    private static final int BODY = 400_000;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    /// `timing.silent` below is longer: how long a program may hang before what it has open is
    /// ended. It counts from the first check that failed, `timing.server` from the last byte.
    private static final Duration SILENT = Duration.ofSeconds(6);

    private static final TestSite SITE =
            TestSite.of(
                    """
                    vip:
                      address: 192.168.0.150
                    balancers:
                      haproxy-a:
                    servers:
                      one:
                        url: http://192.168.0.98:8080
                      two:
                        url: http://192.168.0.99:8080
                    timing:
                      server: 8s
                      silent: 7s
                    """);

    private static final List<OneThread> SERVERS = new ArrayList<>();
    private final List<OpenConnection> opened = new ArrayList<>();

    @BeforeAll
    static void up() {
        SITE.up();
        SERVERS.add(OneThread.start(SITE, "one", 98));
        SERVERS.add(OneThread.start(SITE, "two", 99));
    }

    @AfterAll
    static void down() {
        SERVERS.forEach(OneThread::close);
        SITE.close();
    }

    @BeforeEach
    void bothAnswer() {
        String url = "http://" + SITE.lan(150) + "/";
        TestSite.await(
                "both answer",
                () -> Set.copyOf(SITE.whoAnswers(url, 4)).equals(Set.of("one", "two")));
    }

    @AfterEach
    void close() throws IOException {
        for (OpenConnection connection : opened) {
            connection.close();
        }
    }

    private OpenConnection open(String request) throws IOException {
        OpenConnection connection = OpenConnection.to(SITE, request);
        opened.add(connection);
        return connection;
    }

    /// One on each web server, by the name of the web server. They take turns, but for moments at
    /// which a busy machine lets one of them miss its checks.
    private Map<String, OpenConnection> onBoth(String request) throws IOException {
        Map<String, OpenConnection> both = new TreeMap<>();
        while (both.size() < 2) {
            OpenConnection connection = open(request);
            both.put(OpenConnection.servedBy(connection.until("\r\n\r\n")), connection);
            assertThat(both.keySet()).isSubsetOf("one", "two");
        }
        return both;
    }

    private Map<String, OpenConnection> webSockets() throws IOException {
        return onBoth(
                "GET /socket HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static OpenConnection on(Map<String, OpenConnection> both, String server) {
        return Optional.ofNullable(both.get(server)).orElseThrow();
    }

    private static boolean echoes(OpenConnection socket) throws IOException {
        socket.send("a word\n");
        return socket.until("a word\n").endsWith("a word\n");
    }

    private static void goOn(
            Map<String, OpenConnection> sockets, Map<String, OpenConnection> streams)
            throws IOException {
        for (OpenConnection socket : sockets.values()) {
            assertThat(echoes(socket)).isTrue();
        }
        for (OpenConnection stream : streams.values()) {
            stream.passOver();
            assertThat(stream.until("data: ")).endsWith("data: ");
        }
    }

    private static int ran() {
        return SERVERS.stream().mapToInt(OneThread::ran).sum();
    }

    /// Which one was told to do something since.
    private static OneThread asked(List<Integer> before) {
        TestSite.await("one was asked", () -> ran() > before.get(0) + before.get(1));
        return SERVERS.get(SERVERS.get(0).ran() > before.get(0) ? 0 : 1);
    }

    @Test
    void whatIsOpenGoesOnWhileAProgramIsBlockedAndTheRequestRunsOnce() throws IOException {
        Map<String, OpenConnection> sockets = webSockets();
        Map<String, OpenConnection> streams = onBoth("GET /events HTTP/1.1");
        String post = "POST /upload HTTP/1.1\r\nContent-Length: " + BODY;
        List<OpenConnection> uploads = List.of(open(post), open(post), open(post));
        for (OpenConnection upload : uploads) {
            upload.send("x".repeat(BODY / 2));
        }
        int before = ran();

        for (String seconds : List.of("1.2", "3")) {
            OpenConnection request = open("GET /compute/" + seconds + " HTTP/1.1");
            assertThat(request.answer()).startsWith(OK).endsWith("computed");
        }

        assertThat(ran() - before).as("each once").isEqualTo(2);
        goOn(sockets, streams);
        for (OpenConnection upload : uploads) {
            upload.send("x".repeat(BODY / 2));
            assertThat(upload.answer()).startsWith(OK).endsWith(String.valueOf(BODY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "web-busy")
    void aDrillBlocksAProgramForThreeSecondsAndNothingIsLost(String fault) throws IOException {
        Map<String, OpenConnection> sockets = webSockets();
        Map<String, OpenConnection> streams = onBoth("GET /events HTTP/1.1");

        StreamPaths paths = new StreamPaths(Optional.of("/socket"), Optional.of("/events"));
        FaultRun busy = FaultRun.of(ShortDrills.ofExisting(SITE, "/slow").with(paths), fault, 3);

        assertThat(busy.requests(List.of(RequestClass.SLOW), Moment.INJECTED)).isNotEmpty();
        for (RequestClass kind : List.of(RequestClass.EVENTS, RequestClass.WEBSOCKET)) {
            assertThat(busy.requests(List.of(kind), Moment.HEALED))
                    .as("%s, open all the time", kind)
                    .anyMatch(one -> one.connected() < busy.at(Moment.INJECTING));
        }
        if (busy.isConclusive()) {
            assertThat(busy.lost(Moment.INJECTING)).as(busy::story).isEmpty();
        }
        goOn(sockets, streams);
    }

    @Test
    void aProgramThatAKilledDrillLeftBlockedGoesOnWithTheNextCall() {
        Faults faults = Faults.known();
        Fault fault = faults.named("web-busy").orElseThrow();
        Ground ground = Ground.of(SITE.model(), new Nodes(new Processes(), Await.real()));
        OpenFaults journal =
                new OpenFaults(
                        SITE.rendered().resolve("faults"),
                        faults,
                        TestSite.PATIENCE,
                        Clock.systemUTC());
        journal.open(fault, ground, Company.ALONE);
        fault.inject(ground);
        journal.abandoned(fault.name());
        assertThat(fault.unhealed(ground)).contains(SITE.container("one") + " is paused");

        Output status = SITE.tandem("status");

        assertThat(status.stderr()).contains("healed what a drill left behind: web-busy");
        assertThat(fault.unhealed(ground)).isEmpty();
    }

    /// The site asks for 8 s here, the default is 300 s.
    @Test
    void aRequestThatTakesTooLongIsAnsweredOnceAndNotSentAgain() throws IOException {
        int before = ran();

        String answer = open("GET /later/60 HTTP/1.1").answer();

        assertThat(answer).startsWith("HTTP/1.1 504");
        assertThat(ran() - before).isEqualTo(1);
    }

    @Test
    void whatIsOpenEndsWhenTheMachineIsGoneAndIsNotSentToTheOther() throws IOException {
        Map<String, OpenConnection> sockets = webSockets();
        List<Integer> before = SERVERS.stream().map(OneThread::ran).toList();
        OpenConnection request = open("GET /later/60 HTTP/1.1");
        OneThread gone = asked(before);
        gone.vanish();
        try {
            assertThat(request.answer()).as("nobody else was asked").isEmpty();
            on(sockets, gone.name()).untilItEnds();
            sockets.remove(gone.name());
        } finally {
            gone.appear();
        }
        assertThat(sockets.values()).hasSize(1);
        assertThat(echoes(sockets.values().iterator().next())).isTrue();
        assertThat(ran()).isEqualTo(1 + before.stream().mapToInt(one -> one).sum());
    }

    /// The program hangs, and its kernel goes on answering.
    @Test
    void whatIsOpenEndsWhenTheProgramIsSilentForTooLong() throws IOException {
        Map<String, OpenConnection> sockets = webSockets();
        Instant paused = Instant.now();
        SITE.docker("pause", "one");
        try {
            on(sockets, "one").untilItEnds();
            assertThat(Duration.between(paused, Instant.now())).isGreaterThan(SILENT);
            assertThat(echoes(on(sockets, "two"))).isTrue();
        } finally {
            SITE.docker("unpause", "one");
        }
    }

    /// Each connection that was used is being closed when the next request comes. A client that is
    /// told that the balancer closes its own, which leaves after a reload, opens another one.
    @Test
    void aPostDoesNotMeetAConnectionThatIsBeingClosed() throws IOException {
        String post = "POST /closing HTTP/1.1\r\nContent-Length: 0";
        OpenConnection client = open(post);
        String last = client.answer();
        assertThat(last).startsWith(OK);
        for (int i = 0; i < 10; i++) {
            if (last.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
                client = open(post);
            } else {
                client.request(post);
            }
            String answer = client.answer();
            assertThat(answer).as("POST %s, after %s", i, last).startsWith(OK);
            last = answer;
        }
    }

    /// They would speak for the balancer, or for another client.
    @Test
    void whatOnlyABalancerMaySayDoesNotReachAWebServer() throws IOException {
        String forged =
                """
                Forwarded: for=6.6.6.6
                X-Forwarded-For: 6.6.6.6
                X_Forwarded_For: 6.6.6.6
                X-Forwarded-Host: evil.example
                X-Forwarded-Ssl: on
                X-Forwarded_Proto: gopher
                X-Real-IP: 6.6.6.6
                X_Real_Ip: 6.6.6.6
                Front-End-Https: on
                Proxy: http://evil.example
                Upgrade: h2c
                X-Passed-On: yes
                Connection: X-Forwarded-For, Upgrade, X-Passed-On\
                """
                        .replace("\n", "\r\n");

        String head = open("GET /headers HTTP/1.1\r\n" + forged).answer().toLowerCase(Locale.ROOT);

        assertThat(head).contains("\r\nx-forwarded-for: " + SITE.lan(1) + "\r\n");
        assertThat(head).contains("\r\nx-forwarded-proto: http\r\n").contains("x-passed-on: yes");
        assertThat(head)
                .doesNotContain("6.6.6.6", "evil.example", "gopher", "x-forwarded-ssl", "h2c")
                .doesNotContain("front-end-https", "\r\nconnection:");
    }

    @Test
    void aClientThatWantsATunnelOrItsOwnHeadersBackIsRefused() throws IOException {
        for (String method : List.of("TRACE", "CONNECT")) {
            assertThat(open(method + " test:80 HTTP/1.1").answer()).startsWith("HTTP/1.1 40");
        }
    }
}
