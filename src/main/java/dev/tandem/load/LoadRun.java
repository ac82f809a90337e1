package dev.tandem.load;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A run in progress.
///
/// Its threads: one or two that send ({@link Loop}), and one that hands the records to the sink, so
/// that a slow disk delays no request.
public final class LoadRun implements Load {
    private static final long GATHERING = 10;

    /// Time for the threads to start before the run's zero.
    private static final long HEAD_START = 50_000_000;

    private final Shared shared;
    private final Sink sink;
    private final List<Loop> loops = new ArrayList<>();
    private final CountDownLatch sending;
    private final Answered answered;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final CompletableFuture<Throwable> crash = new CompletableFuture<>();
    private final Duration collectedBefore = collected();

    private LoadRun(LoadPlan plan, RunClock clock, Sink sink) throws IOException {
        this.shared = new Shared(plan, clock);
        this.sink = sink;
        this.answered = new Answered(plan);
        for (Set<RequestClass> kinds : threads(plan)) {
            loops.add(new Loop(shared, kinds));
        }
        this.sending = new CountDownLatch(loops.size());
    }

    /// Starts a run.
    ///
    /// @throws IOException if the sink does not even accept the beginning
    static LoadRun start(LoadPlan plan, Sink sink) throws IOException {
        return start(plan, clock(), sink);
    }

    /// A clock for a run that starts now.
    static RunClock clock() {
        return RunClock.ahead(HEAD_START);
    }

    /// The same by a clock that the sink knows.
    ///
    /// @param clock {@link #clock()}
    static LoadRun start(LoadPlan plan, RunClock clock, Sink sink) throws IOException {
        LoadRun run = new LoadRun(plan, clock, sink);
        try {
            sink.begin(plan, run.zero());
        } catch (IOException | RuntimeException e) {
            for (Loop loop : run.loops) {
                loop.discard();
            }
            throw e;
        }
        for (Loop loop : run.loops) {
            thread("tandem-" + loop, Thread.MAX_PRIORITY, () -> run.send(loop));
        }
        thread("tandem-load records", Thread.NORM_PRIORITY, run::record);
        return run;
    }

    /// Real clients have machines of their own. Here they share one with the system that they load,
    /// so they go first: on a full machine the system should be late, not the instrument. A JVM
    /// heeds priorities only if it is told to (the launcher tells it) and permitted to.
    @SuppressWarnings("ThreadPriorityCheck") // correctness does not depend on it
    private static void thread(String name, int priority, Runnable work) {
        Thread.ofPlatform().daemon().name(name).priority(priority).start(work);
    }

    /// Plain classes and TLS classes, without the sets that the plan leaves empty.
    private static List<Set<RequestClass>> threads(LoadPlan plan) {
        Set<RequestClass> plain = EnumSet.noneOf(RequestClass.class);
        Set<RequestClass> tls = EnumSet.noneOf(RequestClass.class);
        for (ClassPlan one : plan.classes()) {
            (one.kind().isTls() ? tls : plain).add(one.kind());
        }
        return List.of(plain, tls).stream().filter(kinds -> !kinds.isEmpty()).toList();
    }

    private void send(Loop loop) {
        try {
            loop.run();
        } catch (Throwable e) {
            crash.complete(e);
            abort();
        } finally {
            sending.countDown();
        }
    }

    private void record() {
        try {
            boolean last;
            do {
                last = sending.await(GATHERING, TimeUnit.MILLISECONDS);
                gather();
            } while (!last);
            if (crash.isDone()) {
                throw new IllegalStateException("the load generator failed", crash.join());
            }
            if (shared.aborted()) {
                throw new IOException("the run was cut off");
            }
            LoadResult reached = reached();
            sink.end(reached);
            result.complete(reached);
        } catch (Throwable e) {
            abort();
            result.completeExceptionally(e);
        }
    }

    private void gather() throws IOException {
        List<RequestRecord> batch = new ArrayList<>();
        RequestRecord next = shared.records().poll();
        while (next != null) {
            batch.add(next);
            next = shared.records().poll();
        }
        if (!batch.isEmpty()) {
            answered.add(batch);
            sink.add(batch);
        }
    }

    private LoadResult reached() {
        Tally tally = loops.stream().map(Loop::tally).reduce(Tally.none(), Tally::plus);
        long planned = Schedule.count(shared.plan(), shared.end());
        long recorded = answered.total();
        if (planned != recorded || planned != tally.lags().total()) {
            throw new IllegalStateException(
                    "%d requests were planned, %d taken up, %d recorded"
                            .formatted(planned, tally.lags().total(), recorded));
        }
        return new LoadResult(
                shared.plan(),
                zero(),
                Duration.ofNanos(shared.end()),
                planned,
                answered.outcomes(),
                tally.connections(),
                tally.lostInSilence(),
                new Punctuality(
                        tally.lags(),
                        tally.notices(),
                        Duration.ofNanos(tally.longestStall()),
                        collected().minus(collectedBefore),
                        tally.ownFaults()));
    }

    private static Duration collected() {
        return Duration.ofMillis(
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum());
    }

    @Override
    public Instant zero() {
        return shared.clock().zero();
    }

    @Override
    public long nanos() {
        return shared.clock().nanos();
    }

    @Override
    public boolean answeredEach() {
        return answered.each();
    }

    @Override
    public boolean isOver() {
        return result.isDone();
    }

    @Override
    public LoadResult await() throws IOException, InterruptedException {
        return Results.await(result);
    }

    @Override
    public LoadResult stopAndAwait() throws IOException, InterruptedException {
        stop();
        return await();
    }

    /// Stops planning requests; those in flight may still finish.
    void stop() {
        shared.stop();
        loops.forEach(Loop::wake);
    }

    @Override
    public void close() {
        abort();
        result.exceptionally(e -> null).join();
    }

    /// Ends everything at once.
    void abort() {
        shared.abort();
        loops.forEach(Loop::wake);
    }
}
