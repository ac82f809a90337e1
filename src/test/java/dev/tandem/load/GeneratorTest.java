package dev.tandem.load;

import static dev.tandem.load.TwoServers.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The generator as an instrument: open loop, nothing dropped, nothing sent twice.
@Timeout(120) // so that it ends when something hangs: it says nothing about speed
@Tag("slow")
class GeneratorTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void requests_keep_arriving_while_the_server_stalls_and_each_shows_the_stall()
            throws Exception {
        AtomicLong until = new AtomicLong();
        CountDownLatch never = new CountDownLatch(1);
        try (var server = stallingServer(until, never)) {
            LoadPlan plan = plan(server, 200, 3_600_000, quick(RequestClass.NEW_HTTP));
            Collected collected = new Collected();
            LoadRun run = Generator.start(plan, collected);
            collected.awaitSome();
            long end = run.nanos() + 1000 * MILLISECOND;
            until.set(System.nanoTime() + 1000 * MILLISECOND);
            long begin = run.nanos();
            assertThat(never.await(1100, TimeUnit.MILLISECONDS)).isFalse();
            LoadResult result = run.stopAndAwait();

            // Everything planned during the stall waited for its end: what came at its beginning
            // for a second, later arrivals for less. A client that waits for answers would have
            // sent one of them.
            List<RequestRecord> stalled =
                    collected.records().stream()
                            .filter(one -> one.planned() > begin && one.planned() < end)
                            .toList();
            assertThat(stalled).hasSizeGreaterThan(100).allMatch(one -> one.done() > end);
            assertThat(stalled.stream().mapToLong(RequestRecord::latency).sum())
                    .isGreaterThan(stalled.stream().mapToLong(one -> end - one.planned()).sum());
            assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.OK, result.requests()));
        }
    }

    private static ScriptedServer stallingServer(AtomicLong until, CountDownLatch never) {
        return new ScriptedServer(
                null,
                request -> {
                    try {
                        long left = until.get() - System.nanoTime();
                        never.await(until.get() == 0 ? 0 : left, TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Act.ANSWER;
                });
    }

    @Test
    void an_arrival_beyond_the_limit_in_flight_is_recorded_as_shed() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.HANG)) {
            ClassPlan plain = quick(RequestClass.NEW_HTTP).within(limit(), limit());
            ClassPlan tls = quick(RequestClass.KEPT_HTTPS).within(limit(), limit());
            LoadPlan plan =
                    LoadPlan.of(servers.target(), "t1", 500, Duration.ofMillis(200), plain, tls);
            Collected collected = Collected.of(plan.atMost(10));

            assertThat(collected.result().outcomes())
                    .isEqualTo(Map.of(Outcome.TIMED_OUT, 10L, Outcome.SHED, 90L));
            assertThat(collected.records())
                    .filteredOn(one -> one.outcome() == Outcome.SHED)
                    .allMatch(one -> one.sent() == -1 && one.done() >= one.planned());
        }
    }

    private static Duration limit() {
        return Duration.ofSeconds(2);
    }

    @Test
    void waiting_in_vain_for_a_kept_connection_is_recorded_as_never_sent() throws Exception {
        try (var server = ScriptedServer.plain(Act.HANG)) {
            Duration limit = Duration.ofMillis(300);
            ClassPlan one = quick(RequestClass.KEPT_HTTP).over(1).within(limit, limit);
            Collected collected = Collected.of(plan(server, 5000, 2, one));

            assertThat(collected.result().outcomes()).isEqualTo(Map.of(Outcome.TIMED_OUT, 10L));
            assertThat(collected.records()).anyMatch(record -> record.sent() == -1);
            assertThat(collected.records()).allMatch(record -> record.done() > 300 * MILLISECOND);
        }
    }

    @Test
    void every_class_behaves_as_planned_and_records_which_server_answered() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            Collected collected = Collected.of(servers.everything());

            assertThat(collected.records())
                    .allSatisfy(one -> {
                        assertThat(one.server()).isEqualTo("web-a");
                        assertThat(one.balancer()).isEqualTo("haproxy-a");
                        assertThat(one.status()).isEqualTo(200);
                        assertThat(one.bytes()).isEqualTo(ScriptedServer.BODY.length());
                        assertThat(one.firstByte()).isGreaterThanOrEqualTo(one.sent());
                    });
            assertThat(collected.records(RequestClass.SLOW))
                    .allMatch(one -> one.done() - one.sent() >= 60 * MILLISECOND);
            assertThat(servers.http().seen().stream().filter(one -> one.line().startsWith("POST")))
                    .hasSameSizeAs(collected.records(RequestClass.UPLOAD))
                    .allMatch(one -> one.body() == 64 << 10);
        }
    }

    @Test
    void kept_classes_open_the_planned_connections_and_new_ones_one_per_request() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            ClassPlan kept = quick(RequestClass.KEPT_HTTP).over(5);
            ClassPlan fresh = quick(RequestClass.NEW_HTTPS);
            LoadPlan plan =
                    LoadPlan.of(servers.target(), "t1", 200, Duration.ofMillis(500), kept, fresh);
            LoadResult result = Collected.of(plan).result();

            assertThat(servers.http().connections()).isEqualTo(5);
            assertThat(servers.https().connections()).isEqualTo(50);
            assertThat(result.connections()).isEqualTo(55);
            // A full handshake each: no session is resumed.
            assertThat(servers.https().seen())
                    .extracting(ScriptedServer.Request::session)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_kept_connection_that_dies_costs_only_its_request_and_is_reopened() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (var server =
                new ScriptedServer(
                        null,
                        request -> count.incrementAndGet() % 5 == 0 ? Act.RESET : Act.ANSWER)) {
            ClassPlan kept = quick(RequestClass.KEPT_HTTP).over(2);
            Collected collected = Collected.of(plan(server, 200, 500, kept));

            assertThat(collected.result().outcomes())
                    .isEqualTo(Map.of(Outcome.OK, 80L, Outcome.RESET, 20L));
            assertThat(server.ids()).containsExactlyInAnyOrderElementsOf(collected.ids());
        }
    }

    @Test
    void an_answer_meant_for_another_client_is_a_wrong_body() throws Exception {
        try (var right = ScriptedServer.plain(Act.ECHO);
                var wrong = ScriptedServer.plain(Act.ANSWER)) {
            ClassPlan kept = quick(RequestClass.KEPT_HTTP).expecting(new BodyCheck.Echo());

            assertThat(Collected.of(plan(right, 200, 100, kept)).result().outcomes())
                    .isEqualTo(Map.of(Outcome.OK, 20L));
            assertThat(Collected.of(plan(wrong, 200, 100, kept)).result().outcomes())
                    .isEqualTo(Map.of(Outcome.WRONG_BODY, 20L));
        }
    }

    @Test
    void an_idle_connection_lost_while_silent_costs_the_next_request() throws Exception {
        for (Act act : List.of(Act.ANSWER_AND_CLOSE_LATER, Act.ANSWER_AND_RESET_LATER)) {
            try (var server = ScriptedServer.plain(act)) {
                ClassPlan idle = quick(RequestClass.IDLE).lasting(Duration.ofMillis(300));
                Collected collected = Collected.of(plan(server, 50, 500, idle));
                Outcome loss =
                        act == Act.ANSWER_AND_CLOSE_LATER ? Outcome.CUT_SHORT : Outcome.RESET;

                // 25 connections, of which the first ten would have sent a second request.
                assertThat(collected.result().outcomes())
                        .isEqualTo(Map.of(Outcome.OK, 25L, loss, 10L));
                assertThat(collected.records())
                        .filteredOn(one -> one.outcome() == loss)
                        .allMatch(one -> one.sent() == -1);
                assertThat(server.seen()).hasSize(25);
            }
        }
    }

    @Test
    void a_stopped_run_ends_where_it_was_stopped_and_keeps_every_record() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            LoadPlan quick = servers.everything();
            LoadPlan plan =
                    LoadPlan.of(
                            quick.target(),
                            "t2",
                            500,
                            Duration.ofHours(1),
                            quick.classes().toArray(ClassPlan[]::new));
            Collected collected = new Collected();
            LoadRun run = Generator.start(plan, collected);
            collected.awaitSome();
            assertThat(run.isOver()).isFalse();
            LoadResult result = run.stopAndAwait();

            assertThat(run.isOver()).isTrue();
            assertThat(result.requests()).isEqualTo(collected.records().size());
            assertThat(result.count(Outcome.OK)).isEqualTo(result.requests());
            assertThat(new HashSet<>(collected.ids())).hasSize((int) result.requests());
            assertThat(collected.ids()).contains("t2-0", "t2-" + (result.requests() - 1));
            assertThat(result.length()).isLessThan(Duration.ofMinutes(1));
            assertThat(run.stopAndAwait()).isEqualTo(result);
        }
    }

    @Test
    void a_failing_sink_ends_the_run_and_is_reported() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            LoadPlan plan =
                    LoadPlan.of(
                            servers.target(),
                            "t1",
                            100,
                            Duration.ofHours(1),
                            quick(RequestClass.NEW_HTTP),
                            quick(RequestClass.KEPT_HTTPS));

            assertThatThrownBy(() -> Generator.run(plan, new FullDisk()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
        }
    }

    @Test
    void an_aborted_run_says_so() throws Exception {
        try (var server = ScriptedServer.plain(Act.HANG)) {
            LoadPlan plan = plan(server, 100, 3_600_000, quick(RequestClass.NEW_HTTP));
            LoadRun run = Generator.start(plan, new Collected());
            run.close();

            assertThatThrownBy(run::await).isInstanceOf(IOException.class);
        }
    }

    @Test
    void client_and_server_count_the_same_new_connections() throws Exception {
        try (var server = ScriptedServer.plain(Act.ANSWER)) {
            ClassPlan fresh = quick(RequestClass.NEW_HTTP);
            Collected collected = Collected.of(plan(server, 1000, 1000, fresh));

            assertThat(collected.result().requests()).isEqualTo(1000);
            assertThat(collected.result().punctuality().requests()).isEqualTo(1000);
            assertThat(collected.result().outcomes()).isEqualTo(Map.of(Outcome.OK, 1000L));
            assertThat(server.ids()).containsExactlyInAnyOrderElementsOf(collected.ids());
        }
    }

    /// Of an earlier server at the same port some may be waiting yet.
    @Test
    void new_connections_leave_no_client_port_in_time_wait() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER)) {
            Set<String> before = waitingFor(servers);
            LoadPlan plan =
                    LoadPlan.of(
                            servers.target(),
                            "t1",
                            400,
                            Duration.ofMillis(250),
                            quick(RequestClass.NEW_HTTP),
                            quick(RequestClass.NEW_HTTPS));
            Collected collected = Collected.of(plan);

            assertThat(collected.result().outcomes()).isEqualTo(Map.of(Outcome.OK, 100L));
            assertThat(before).containsAll(waitingFor(servers));
        }
    }

    /// The two ends of each client socket in TIME_WAIT, as Linux lists them (proc(5), `net/tcp`).
    private static Set<String> waitingFor(TwoServers servers) throws IOException {
        Pattern waiting =
                Pattern.compile(
                        "(?m)^ *\\d+: ([0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:(?:%04X|%04X)) 06 "
                                .formatted(servers.http().port(), servers.https().port()));
        Set<String> ends = new HashSet<>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path sockets = Path.of(file);
            if (Files.exists(sockets)) {
                waiting.matcher(Files.readString(sockets))
                        .results()
                        .forEach(one -> ends.add(one.group(1)));
            }
        }
        return ends;
    }

    private static LoadPlan plan(ScriptedServer server, int rate, int millis, ClassPlan one) {
        Target target = Target.of(InetAddress.getLoopbackAddress(), server.port(), 1);
        return LoadPlan.of(target, "t1", rate, Duration.ofMillis(millis), one);
    }

    /// Accepts the beginning and the first records.
    private static final class FullDisk implements Sink {
        private int batches;

        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // There is still room.
        }

        @Override
        public void add(List<RequestRecord> records) throws IOException {
            if (++batches > 3) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void end(LoadResult result) {
            throw new IllegalStateException("this run has no end");
        }
    }
}
