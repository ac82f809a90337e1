package dev.tandem.load;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The generator on another machine, a {@link FarProgram}, through its standard input and output.
///
/// A thread reads what it says; another asks for its clock every second, which also keeps it
/// running. When it has not answered for a while it counts as lost, and so does its run.
public final class FarSource implements LoadSource, AutoCloseable {
    /// After so many seconds without a word from here, the program ends.
    public static final int PATIENCE = 15;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration QUICK = Duration.ofSeconds(5);

    /// For Java to start on a machine that is busy.
    private static final Duration FIRST = Duration.ofSeconds(20);

    /// The rehearsal is in it, which takes as long as the machine is busy. Whether it still answers
    /// is asked every second.
    private static final Duration BEGIN = Duration.ofMinutes(5);

    private static final int ASKED = 10;

    private final Way way;
    private final FarClock clock = new FarClock();
    private final CompletableFuture<String> hello = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong asked = new AtomicLong();
    private final Map<String, Ping> pings = new ConcurrentHashMap<>();
    private volatile CompletableFuture<String> answer = new CompletableFuture<>();
    private volatile @Nullable FarRun run;
    private volatile @Nullable LoadLost lost;
    private volatile long heard = System.nanoTime();
    private volatile Duration ahead = Duration.ZERO;

    /// The way to the program.
    ///
    /// @param said its standard output
    /// @param told its standard input
    /// @param why why there is no more of it, on one line; asked once that has ended
    public record Way(InputStream said, OutputStream told, Supplier<String> why) {}

    /// A question for the other clock.
    private record Ping(long sent, CompletableFuture<String> answer) {}

    private FarSource(Way way) {
        this.way = way;
    }

    /// Begins to talk to it, and measures how its clock differs from this one.
    ///
    /// @throws LoadLost if it does not answer
    public static FarSource open(Way way) throws IOException, InterruptedException {
        FarSource source = new FarSource(way);
        thread("said", source::read);
        source.hello(FIRST);
        for (int i = 0; i < ASKED; i++) {
            Ping ping = source.ping();
            source.refuseLost();
            source.awaited(ping.answer(), QUICK);
        }
        thread("ping", source::keepAlive);
        return source;
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().daemon().name("tandem-load far " + name).start(work);
    }

    /// Its Java and its processors: `Java 25.0.3+9, 2 processors`.
    public String words() {
        String[] words = hello.join().split(" ", -1);
        return "Java %s, %s processors".formatted(words[2], words[3]);
    }

    /// How far its time of day is ahead of this machine's, to the second; negative when it is
    /// behind. The times of records do not depend on it; whether a certificate is valid does.
    public Duration ahead() {
        return ahead;
    }

    /// How exactly the clock of its records is known.
    public Duration within() {
        return clock.within();
    }

    @Override
    public Load start(LoadPlan plan, Sink sink) throws IOException, InterruptedException {
        long number = asked.getAndIncrement();
        FarRun begun = new FarRun(number, plan, sink, clock, this::say);
        run = begun;
        PlanText.of(plan).forEach(this::say);
        say(PlanText.LAST + " " + number);
        refuseLost();
        try {
            begun.awaitBegin(BEGIN);
            return begun;
        } catch (IOException | InterruptedException e) {
            begun.close();
            throw e;
        }
    }

    @Override
    public synchronized String ask(Question question) throws IOException {
        answer = new CompletableFuture<>();
        say(
                "ask %s %d %s"
                        .formatted(
                                question.address(),
                                question.port(),
                                PlanText.base64(question.request())));
        refuseLost();
        try {
            return awaited(answer, QUICK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void hello(Duration limit) throws IOException, InterruptedException {
        String first = awaited(hello, limit);
        if (!first.matches("tandem load \\S+ \\d+ \\d{4}-\\S+Z")) {
            throw new LoadLost("it said: " + first);
        }
        Instant there = Instant.parse(first.substring(first.lastIndexOf(' ') + 1));
        ahead = Duration.between(Instant.now(), there);
    }

    private String awaited(CompletableFuture<String> one, Duration limit)
            throws IOException, InterruptedException {
        try {
            return one.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LoadLost("no answer within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException e) {
            return Results.await(one);
        }
    }

    private void refuseLost() throws LoadLost {
        LoadLost why = lost;
        if (why != null) {
            throw new LoadLost(String.valueOf(why.getMessage()), why);
        }
    }

    private Ping ping() {
        String number = Long.toString(asked.getAndIncrement());
        Ping ping = new Ping(System.nanoTime(), new CompletableFuture<>());
        pings.put(number, ping);
        say("ping " + number);
        return ping;
    }

    private void keepAlive() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                ping();
                if (System.nanoTime() - heard > SILENCE.toNanos()) {
                    lose("no answer for %d s".formatted(SILENCE.toSeconds()));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(way.said(), StandardCharsets.US_ASCII))) {
            String line;
            while ((line = in.readLine()) != null) {
                heard = System.nanoTime();
                take(line, in);
            }
            lose(way.why().get());
        } catch (EOFException e) {
            lose(way.why().get());
        } catch (IOException | RuntimeException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    private void take(String line, BufferedReader in) throws IOException {
        if (!hello.isDone()) {
            hello.complete(line);
            return;
        }
        List<String> words = List.of(line.split(" ", -1));
        switch (words.getFirst()) {
            case "pong" -> pong(words.get(1), Long.parseLong(words.get(2)));
            case "head" -> answer.complete(PlanText.text(words.get(1)));
            case "silent" ->
                    answer.completeExceptionally(new IOException(PlanText.text(words.get(1))));
            default -> takeOfRun(words, in);
        }
    }

    /// What is left of a run that was aborted is read, and comes to nothing.
    private void takeOfRun(List<String> words, BufferedReader in) throws IOException {
        FarRun current = run;
        long number = Long.parseLong(words.get(1));
        FarRun its = current != null && current.is(number) ? current : null;
        switch (words.getFirst()) {
            case "begin" -> ifAny(its, one -> one.begin(Long.parseLong(words.get(2))));
            case "batch" -> {
                List<RequestRecord> records = records(Integer.parseInt(words.get(2)), in);
                ifAny(its, one -> one.add(records));
            }
            case "end" -> {
                String line = line(in);
                ifAny(its, one -> one.end(line));
            }
            case "failed" -> {
                IOException why = new IOException(PlanText.text(words.get(2)));
                ifAny(its, one -> one.fail(why));
            }
            default -> throw new IOException("it said: " + String.join(" ", words));
        }
    }

    private static void ifAny(@Nullable FarRun run, Consumer<FarRun> tell) {
        if (run != null) {
            tell.accept(run);
        }
    }

    private void pong(String number, long there) {
        Ping ping = pings.remove(number);
        if (ping != null) {
            clock.seen(ping.sent(), there, heard);
            ping.answer().complete(number);
        }
    }

    private static List<RequestRecord> records(int count, BufferedReader in) throws IOException {
        List<RequestRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(HistoryLines.record(line(in)));
        }
        return records;
    }

    private static String line(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private void say(String line) {
        try {
            synchronized (way) {
                way.told().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                way.told().flush();
            }
        } catch (IOException e) {
            // Why, is known better by who reads.
            if (closed.getCount() > 0) {
                lose(way.why().get());
            }
        }
    }

    private void lose(String why) {
        LoadLost loss = new LoadLost(why);
        lost = loss;
        hello.completeExceptionally(loss);
        answer.completeExceptionally(loss);
        pings.values().forEach(ping -> ping.answer().completeExceptionally(loss));
        FarRun current = run;
        if (current != null) {
            current.fail(loss);
        }
    }

    /// Ends the program, with a run that has not ended.
    @Override
    public void close() {
        closed.countDown();
        try {
            way.told().close();
        } catch (IOException e) {
            // It is lost already.
        }
    }
}
