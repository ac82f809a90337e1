package dev.tandem.load;

import static dev.tandem.load.TwoServers.quick;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every outcome for every class, from servers that really cause it; and no request is sent twice.
@Timeout(120) // so that it ends when something hangs: it says nothing about speed
@Tag("slow")
class OutcomeTest {
    private static final Duration SHORT = Duration.ofMillis(250);

    @ParameterizedTest
    @CsvSource({
        "ANSWER,            OK",
        "ANSWER_IN_CHUNKS,  OK",
        "ANSWER_TO_THE_END, OK",
        "ERROR,             HTTP_ERROR",
        "OTHER_BODY,        WRONG_BODY",
        "SURPLUS,           WRONG_BODY",
        "CUT_SHORT,         CUT_SHORT",
        "CLOSE,             CUT_SHORT",
        "RESET,             RESET",
        "RESET_IN_BODY,     RESET",
        "NOT_HTTP,          NOT_HTTP"
    })
    void every_class_records_what_the_server_did(Act act, Outcome outcome) throws Exception {
        try (TwoServers servers = TwoServers.doing(act)) {
            Collected collected = Collected.of(servers.everything());

            assertThat(collected.outcomes()).isEqualTo(all(collected, outcome));
            assertThat(collected.result().count(outcome)).isEqualTo(collected.records().size());
            // Each was received once: nothing is sent again, whatever its outcome.
            assertThat(servers.ids()).containsExactlyInAnyOrderElementsOf(collected.ids());
            assertThat(new HashSet<>(servers.ids())).hasSameSizeAs(servers.ids());
            assertThat(collected.records())
                    .allSatisfy(record -> {
                        assertThat(record.sent()).isGreaterThanOrEqualTo(record.planned());
                        assertThat(record.connected()).isNotNegative();
                        assertThat(record.done()).isGreaterThanOrEqualTo(record.sent());
                    });
        }
    }

    @Test
    void with_a_hung_server_every_class_times_out() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.HANG)) {
            LoadPlan plan = limited(servers.everything(), SHORT);
            Collected collected = Collected.of(plan);

            assertThat(collected.outcomes()).isEqualTo(all(collected, Outcome.TIMED_OUT));
            assertThat(collected.records())
                    .allSatisfy(record -> {
                        assertThat(record.latency()).isGreaterThanOrEqualTo(SHORT.toNanos());
                        assertThat(record.firstByte()).isEqualTo(-1);
                    });
            assertThat(servers.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_answer_before_the_end_of_an_upload_counts_even_if_the_server_hangs_up()
            throws Exception {
        try (ScriptedServer server = ScriptedServer.plain(Act.ERROR)) {
            ClassPlan upload = quick(RequestClass.UPLOAD).asking("/early").uploading(1 << 20);
            Target target = Target.of(InetAddress.getLoopbackAddress(), server.port(), 1);
            Duration length = Duration.ofMillis(200);
            Collected collected = Collected.of(LoadPlan.of(target, "t1", 100, length, upload));

            assertThat(collected.result().outcomes()).isEqualTo(Map.of(Outcome.HTTP_ERROR, 20L));
            assertThat(collected.records()).allMatch(record -> record.status() == 503);
        }
    }

    @Test
    void a_connection_that_is_never_accepted_times_out() throws Exception {
        List<SocketChannel> fill = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
                fill.add(channel);
            }
            Collected collected = Collected.of(limited(plan(full.getLocalPort()), SHORT));

            assertThat(collected.outcomes()).isEqualTo(all(collected, Outcome.TIMED_OUT));
            assertThat(collected.records()).allMatch(record -> record.connected() == -1);
        } finally {
            for (SocketChannel channel : fill) {
                channel.close();
            }
        }
    }

    @Test
    void a_port_without_a_listener_refuses() throws Exception {
        // Port 1 is assigned to no program, and never to the client's side of a connection.
        Collected collected = Collected.of(plan(1));

        assertThat(collected.outcomes()).isEqualTo(all(collected, Outcome.REFUSED));
        assertThat(collected.records())
                .allMatch(record -> record.sent() >= 0 && record.connected() == -1);
    }

    @Test
    void an_address_without_a_route_is_unreachable() throws Exception {
        // Linux makes no TCP connection to the broadcast address: no packet leaves the machine.
        Target nowhere =
                new Target(InetAddress.getByName("255.255.255.255"), "x", 80, 443, authorities());
        Collected collected = Collected.of(plan(nowhere));

        assertThat(collected.outcomes()).isEqualTo(all(collected, Outcome.UNREACHABLE));
    }

    @Test
    void a_certificate_for_another_name_is_refused() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            assertThat(overTls(servers.target().named("shop.example")))
                    .isEqualTo(Map.of(Outcome.TLS_FAILED, 20L));
            assertThat(servers.https().seen()).isEmpty();
        }
    }

    @Test
    void a_certificate_from_another_authority_is_refused() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            Target stranger = servers.target().trusting(authorities());

            assertThat(overTls(stranger)).isEqualTo(Map.of(Outcome.TLS_FAILED, 20L));
        }
    }

    @Test
    void a_certificate_for_the_name_is_accepted() throws Exception {
        TestAuthority authority = new TestAuthority();
        try (var server =
                new ScriptedServer(authority.server("shop.example"), request -> Act.ANSWER)) {
            Target target =
                    Target.of(InetAddress.getLoopbackAddress(), 1, server.port())
                            .named("shop.example")
                            .trusting(List.of(authority.certificate()));

            assertThat(overTls(target)).isEqualTo(Map.of(Outcome.OK, 20L));
        }
    }

    @Test
    void a_plain_server_on_the_tls_port_fails_the_handshake() throws Exception {
        // It waits for the end of an HTTP head that never comes, so the client's limit decides.
        try (ScriptedServer plain = ScriptedServer.plain(Act.ANSWER);
                ServerSocket closing = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeAll(closing));
            Target hung =
                    Target.of(InetAddress.getLoopbackAddress(), 1, plain.port())
                            .trusting(authorities());
            Target closed =
                    Target.of(InetAddress.getLoopbackAddress(), 1, closing.getLocalPort())
                            .trusting(authorities());

            assertThat(overTls(hung, SHORT)).isEqualTo(Map.of(Outcome.TIMED_OUT, 20L));
            assertThat(overTls(closed).keySet()).isSubsetOf(Outcome.CUT_SHORT, Outcome.RESET);
        }
    }

    private static void closeAll(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (var accepted = listener.accept()) {
                accepted.shutdownOutput();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static List<java.security.cert.X509Certificate> authorities() {
        return List.of(new TestAuthority().certificate());
    }

    private static Map<Outcome, Long> overTls(Target target) throws Exception {
        return overTls(target, Duration.ofSeconds(15));
    }

    private static Map<Outcome, Long> overTls(Target target, Duration limit) throws Exception {
        LoadPlan plan =
                LoadPlan.of(
                        target,
                        "t1",
                        200,
                        Duration.ofMillis(100),
                        quick(RequestClass.NEW_HTTPS),
                        quick(RequestClass.KEPT_HTTPS));
        return Collected.of(limited(plan, limit)).result().outcomes();
    }

    private static LoadPlan plan(int port) {
        return plan(
                new Target(
                        InetAddress.getLoopbackAddress(), "127.0.0.1", port, port, authorities()));
    }

    private static LoadPlan plan(Target target) {
        try (TwoServers servers = TwoServers.doing(Act.HANG)) {
            LoadPlan plan = servers.everything();
            return new LoadPlan(
                    target,
                    plan.tag(),
                    plan.rate(),
                    plan.duration(),
                    plan.seed(),
                    plan.inFlightLimit(),
                    plan.classes());
        }
    }

    private static LoadPlan limited(LoadPlan plan, Duration limit) {
        ClassPlan[] limited =
                plan.classes().stream()
                        .map(one -> one.within(limit, limit))
                        .toArray(ClassPlan[]::new);
        return LoadPlan.of(plan.target(), plan.tag(), plan.rate(), plan.duration(), limited);
    }

    private static Map<RequestClass, Map<Outcome, Long>> all(Collected collected, Outcome one) {
        Map<RequestClass, Map<Outcome, Long>> all = new TreeMap<>();
        for (RequestClass kind : RequestClass.values()) {
            if (!kind.isStream()) {
                all.put(kind, Map.of(one, (long) collected.records(kind).size()));
            }
        }
        return all;
    }
}
