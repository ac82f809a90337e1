package dev.tandem.load;

import static dev.tandem.load.TwoServers.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The generator as a program of its own, the one that is sent to another machine: what comes back
/// is what the generator in this program records.
@Timeout(120)
@Tag("slow")
class FarSourceTest {
    @TempDir private static Path directory;
    private static Program program;

    /// The program, and the talk with it.
    private record Program(Process process, FarSource source) implements AutoCloseable {
        static Process start(String silence) throws IOException {
            // One each: a program that begins still reads its own.
            Path jar = Files.createTempFile(directory, "load", ".jar");
            Files.write(jar, ProgramJar.bytes());
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new ProcessBuilder(
                            java,
                            "-XX:+UseSerialGC",
                            "-cp",
                            jar.toString(),
                            ProgramJar.MAIN,
                            silence)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        static Program start() throws Exception {
            Process process = start(Integer.toString(FarSource.PATIENCE));
            FarSource.Way way =
                    new FarSource.Way(
                            process.getInputStream(),
                            process.getOutputStream(),
                            () -> "it has ended");
            return new Program(process, FarSource.open(way));
        }

        @Override
        public void close() {
            source.close();
            process.destroyForcibly();
        }
    }

    /// What is the same wherever a request comes from: all but how long things took.
    private record Told(
            RequestClass kind,
            String id,
            long planned,
            Outcome outcome,
            int status,
            long bytes,
            String server,
            String balancer) {
        static List<Told> of(Collected collected) {
            return collected.records().stream()
                    .map(one ->
                            new Told(
                                    one.kind(),
                                    one.id(),
                                    one.planned(),
                                    one.outcome(),
                                    one.status(),
                                    one.bytes(),
                                    one.server(),
                                    one.balancer()))
                    .sorted(Comparator.comparing(Told::id))
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        program = Program.start();
    }

    @AfterAll
    static void end() {
        program.close();
    }

    private static Collected run(LoadSource source, LoadPlan plan, Path history) throws Exception {
        Collected collected = new Collected();
        try (HistoryWriter writer = RunHistory.write(history);
                Load run = source.start(plan, new Both(collected, writer))) {
            run.await();
        }
        return collected;
    }

    @Test
    void the_same_plan_gives_the_same_records_here_and_there() throws Exception {
        try (TwoServers servers =
                TwoServers.doing(one -> one.id().endsWith("7") ? Act.ERROR : Act.ANSWER)) {
            Target target = servers.target().showing(new Pass("open-sesame"));
            List<ClassPlan> classes = servers.everything().classes();
            LoadPlan plan =
                    LoadPlan.of(
                            target,
                            "t1",
                            210,
                            Duration.ofMillis(400),
                            classes.toArray(ClassPlan[]::new));
            Path here = directory.resolve("here.history");
            Path there = directory.resolve("there.history");

            Collected local = run(LoadSource.HERE, plan, here);
            List<ScriptedServer.Request> before = List.copyOf(servers.http().seen());
            Collected far = run(program.source(), plan, there);

            assertThat(Told.of(far)).isEqualTo(Told.of(local)).hasSizeGreaterThan(80);
            assertThat(far.outcomes().toString()).contains("HTTP_ERROR", "OK");
            assertThat(far.result().requests()).isEqualTo(local.result().requests());
            assertThat(far.result().length()).isEqualTo(local.result().length());
            assertThat(far.result().outcomes()).isEqualTo(local.result().outcomes());
            assertThat(far.result().punctuality().requests())
                    .isEqualTo(local.result().punctuality().requests());
            // The server saw the same requests, and each shows the same pass.
            List<ScriptedServer.Request> seen = servers.http().seen();
            assertThat(seen).hasSize(2 * before.size());
            assertThat(seen.stream().filter(one -> one.pass().equals("open-sesame")).count())
                    .isPositive()
                    .isEqualTo(
                            2
                                    * before.stream()
                                            .filter(one -> one.pass().equals("open-sesame"))
                                            .count());
            sameFile(RunHistory.read(here), RunHistory.read(there), far);
        }
    }

    private static void sameFile(RunHistory here, RunHistory there, Collected far) {
        assertThat(there.isComplete()).isTrue();
        assertThat(there.plan()).isEqualTo(here.plan()).doesNotContain("sesame");
        assertThat(there.records()).isEqualTo(far.records());
        assertThat(there.zero()).isEqualTo(far.result().zero());
        assertThat(there.end().orElseThrow().punctuality().toString())
                .isEqualTo(far.result().punctuality().toString());
    }

    /// The server knows when a request came, by the clock of this program.
    @Test
    void the_times_of_its_clock_are_those_of_this_one() throws Exception {
        Map<String, Long> came = new ConcurrentHashMap<>();
        ScriptedServer server =
                new ScriptedServer(
                        null,
                        request -> {
                            came.put(request.id(), System.nanoTime());
                            return Act.ANSWER;
                        });
        try (server) {
            LoadPlan plan = plan(server, Duration.ofMinutes(5));
            Collected collected = new Collected();
            Instant before = Instant.now();
            try (Load run = program.source().start(plan, collected)) {
                assertThat(run.zero()).isBetween(before, Instant.now().plusSeconds(1));
                collected.awaitSome();
                assertThat(run.answeredEach()).isTrue();
                assertThat(run.isOver()).isFalse();
                long origin = System.nanoTime() - run.nanos();
                LoadResult result = run.stopAndAwait();
                assertThat(run.isOver()).isTrue();
                assertThat(result.length()).isLessThan(plan.duration());
                assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.OK, result.requests()));
                long within = program.source().within().plusMillis(1).toNanos();
                assertThat(program.source().within()).isLessThan(Duration.ofMillis(50));
                assertThat(collected.records())
                        .hasSize((int) result.requests())
                        .allSatisfy(one ->
                                assertThat(Objects.requireNonNull(came.get(one.id())) - origin)
                                        .isBetween(one.sent() - within, one.done() + within));
            }
        }
    }

    private static LoadPlan plan(ScriptedServer server, Duration length) {
        Target target =
                Target.of(java.net.InetAddress.getLoopbackAddress(), server.port(), server.port());
        return LoadPlan.of(target, "t1", 200, length, quick(RequestClass.NEW_HTTP));
    }

    @Test
    void a_sink_that_fails_ends_the_run_and_the_next_one_goes_well() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain(Act.ANSWER)) {
            LoadPlan plan = plan(server, Duration.ofMinutes(5));
            try (Load run = program.source().start(plan, new FullDisk())) {
                assertThatThrownBy(run::await).hasMessage("No space left on device");
                assertThat(run.isOver()).isTrue();
            }
            Collected next = new Collected();
            try (Load run = program.source().start(plan(server, Duration.ofMillis(100)), next)) {
                assertThat(run.await().outcomes()).isEqualTo(Map.of(Outcome.OK, 20L));
            }
        }
    }

    @Test
    void it_asks_what_is_there() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain(Act.ANSWER)) {
            String request = "GET / HTTP/1.1\r\nHost: x\r\nX-Tandem-Id: a\r\n\r\n";
            for (LoadSource source : List.of(LoadSource.HERE, program.source())) {
                assertThat(source.ask(new Question("127.0.0.1", server.port(), request)))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("\r\n\r\n");
                assertThatThrownBy(() -> source.ask(new Question("127.0.0.1", 1, request)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("Connection refused");
            }
        }
    }

    @Test
    void a_sink_that_does_not_even_accept_the_beginning_is_told_at_once() {
        assertThatThrownBy(() -> program.source().start(plan(8), new Unwilling()))
                .hasMessage("not today");
    }

    private static LoadPlan plan(int rate) {
        Target target = Target.of(java.net.InetAddress.getLoopbackAddress(), 1, 1);
        return LoadPlan.of(target, "t1", rate, Duration.ofMinutes(5), quick(RequestClass.NEW_HTTP));
    }

    @Test
    void when_it_is_killed_its_run_is_lost_and_says_so() throws Exception {
        try (Program killed = Program.start();
                ScriptedServer server = ScriptedServer.plain(Act.ANSWER)) {
            Collected collected = new Collected();
            try (Load run = killed.source().start(plan(server, Duration.ofMinutes(5)), collected)) {
                collected.awaitSome();
                killed.process().destroyForcibly();
                assertThatThrownBy(run::await).isInstanceOf(LoadLost.class);
                assertThatThrownBy(run::stopAndAwait).hasMessage("it has ended");
            }
            assertThatThrownBy(() -> killed.source().start(plan(9), new Collected()))
                    .isInstanceOf(LoadLost.class);
        }
    }

    @Test
    void it_ends_when_nobody_talks_to_it_any_more() throws Exception {
        Process silent = Program.start("1");
        Process left = Program.start("60");
        assertThat(left.inputReader().readLine()).startsWith("tandem load ");
        assertThat(silent.inputReader().readLine()).startsWith("tandem load ");

        left.outputWriter().close();
        assertThat(left.waitFor(10, TimeUnit.SECONDS)).as("its input has ended").isTrue();

        silent.outputWriter().append("ping 1\n").flush();
        assertThat(silent.inputReader().readLine()).startsWith("pong 1 ");
        assertThat(silent.waitFor(10, TimeUnit.SECONDS)).as("nothing for a second").isTrue();
        assertThat(silent.exitValue()).isZero();
    }

    /// Accepts the beginning, and nothing more.
    private static final class FullDisk implements Sink {
        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // That it can.
        }

        @Override
        public void add(List<RequestRecord> records) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void end(LoadResult result) {
            // Never reached.
        }
    }

    /// Does not even accept the beginning.
    private static final class Unwilling implements Sink {
        @Override
        public void begin(LoadPlan plan, Instant zero) throws IOException {
            throw new IOException("not today");
        }

        @Override
        public void add(List<RequestRecord> records) {
            // Never reached.
        }

        @Override
        public void end(LoadResult result) {
            // Never reached.
        }
    }
}
