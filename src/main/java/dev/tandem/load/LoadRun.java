package dev.tandem.load;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A run in progress.
///
/// Its threads: one or two that send ({@link Loop}), and one that hands the records to the sink, so
/// that a slow disk delays no request.
public final class LoadRun implements AutoCloseable {
    private static final long GATHERING = 10;

    /// Time for the threads to start before the run's zero.
    private static final long HEAD_START = 50_000_000;

    private final Shared shared;
    private final Sink sink;
    private final List<Loop> loops = new ArrayList<>();
    private final CountDownLatch sending;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<RequestClass> unanswered = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final CompletableFuture<Throwable> crash = new CompletableFuture<>();
    private final Duration collectedBefore = collected();

    private LoadRun(LoadPlan plan, Sink sink) throws IOException {
        this.shared = new Shared(plan, RunClock.ahead(HEAD_START));
        this.sink = sink;
        plan.classes().forEach(one -> unanswered.add(one.kind()));
        for (Set<RequestClass> kinds : threads(plan)) {
            loops.add(new Loop(shared, kinds));
        }
        this.sending = new CountDownLatch(loops.size());
    }

    /// Starts a run.
    ///
    /// @throws IOException if the sink does not even accept the beginning
    static LoadRun start(LoadPlan plan, Sink sink) throws IOException {
        LoadRun run = new LoadRun(plan, sink);
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
            outcomes.merge(next.outcome(), 1L, Long::sum);
            if (next.outcome() == Outcome.OK) {
                unanswered.remove(next.kind());
            }
            next = shared.records().poll();
        }
        if (!batch.isEmpty()) {
            sink.add(batch);
        }
    }

    private LoadResult reached() {
        Tally tally = loops.stream().map(Loop::tally).reduce(Tally.none(), Tally::plus);
        long planned = Schedule.count(shared.plan(), shared.end());
        long recorded = outcomes.values().stream().mapToLong(Long::longValue).sum();
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
                outcomes,
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

    /// The time of day of the run's zero.
    public Instant zero() {
        return shared.clock().zero();
    }

    /// Nanoseconds since the run's zero, on the clock of the records.
    public long nanos() {
        return shared.clock().nanos();
    }

    /// Whether every class has had an answer.
    public boolean answeredEach() {
        return unanswered.isEmpty();
    }

    /// Whether the run has ended, successfully or not.
    public boolean isOver() {
        return result.isDone();
    }

    /// Waits for the run to end.
    ///
    /// @throws IOException if the sink failed: the run was ended then, and its history is
    ///   incomplete
    public LoadResult await() throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw new IOException(cause.getMessage(), cause);
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Stops planning requests, lets those in flight end, and waits for that.
    ///
    /// @throws IOException as {@link #await}
    public LoadResult stopAndAwait() throws IOException, InterruptedException {
        shared.stop();
        loops.forEach(Loop::wake);
        return await();
    }

    /// Aborts a run that has not ended, without waiting for what is in flight.
    @Override
    public void close() {
        abort();
        result.exceptionally(e -> null).join();
    }

    private void abort() {
        shared.abort();
        loops.forEach(Loop::wake);
    }
}
