package dev.tandem.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A run on another machine, as its generator tells of it. Its sink gets the same records, in the
/// same order, as that of a run in this program; their times are those of the other machine's
/// clock.
final class FarRun implements Load {
    private final long number;
    private final LoadPlan plan;
    private final Sink sink;
    private final FarClock clock;
    private final Consumer<String> say;
    private final Answered answered;
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
    private final CompletableFuture<Instant> zero = new CompletableFuture<>();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private volatile long origin;

    /// @param number tells it from others
    /// @param say says a line to the generator
    FarRun(long number, LoadPlan plan, Sink sink, FarClock clock, Consumer<String> say) {
        this.number = number;
        this.plan = plan;
        this.sink = sink;
        this.clock = clock;
        this.say = say;
        this.answered = new Answered(plan);
    }

    boolean is(long other) {
        return number == other;
    }

    /// Waits until it has begun.
    ///
    /// @throws IOException if it did not
    void awaitBegin(Duration limit) throws IOException, InterruptedException {
        try {
            zero.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LoadLost("it has not begun to send within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException e) {
            Results.await(result);
        }
    }

    /// It begins.
    ///
    /// @param at its zero, on the other machine's clock
    void begin(long at) {
        origin = at;
        Instant begun = Instant.now().minusNanos(nanos());
        try {
            sink.begin(plan, begun);
            zero.complete(begun);
        } catch (IOException | RuntimeException e) {
            abort(e);
        }
    }

    /// Some requests are over.
    void add(List<RequestRecord> records) {
        if (result.isDone()) {
            return;
        }
        try {
            answered.add(records);
            sink.add(records);
        } catch (IOException | RuntimeException e) {
            abort(e);
        }
    }

    /// All are.
    ///
    /// @param line the last one of the history
    void end(String line) {
        if (result.isDone()) {
            return;
        }
        try {
            RunHistory.End end = HistoryLines.end(line);
            if (end.requests() != answered.total()) {
                throw new LoadLost(
                        "%d requests were planned, %d records have arrived"
                                .formatted(end.requests(), answered.total()));
            }
            LoadResult reached =
                    new LoadResult(
                            plan,
                            zero(),
                            end.length(),
                            end.requests(),
                            answered.outcomes(),
                            end.connections(),
                            end.lostInSilence(),
                            end.punctuality());
            sink.end(reached);
            result.complete(reached);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /// It has failed there, or is lost.
    void fail(Exception why) {
        result.completeExceptionally(why);
        zero.completeExceptionally(why);
    }

    private void abort(Exception why) {
        fail(why);
        say.accept("abort " + number);
    }

    @Override
    public Instant zero() {
        return zero.join();
    }

    /// Never goes back, although the other clock becomes known better meanwhile.
    @Override
    public long nanos() {
        return latest.accumulateAndGet(clock.there(System.nanoTime()) - origin, Math::max);
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
        if (!result.isDone()) {
            say.accept("stop " + number);
        }
        return await();
    }

    @Override
    public void close() {
        if (!result.isDone()) {
            abort(new IOException("the run was cut off"));
        }
    }
}
