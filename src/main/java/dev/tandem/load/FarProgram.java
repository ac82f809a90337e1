package dev.tandem.load;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The generator as a program of its own, on another machine: it is told what to do on its standard
/// input and says what comes of it on its standard output, in lines. Who talks to it: {@link
/// FarSource}.
///
/// ```
/// told                      says
///                           tandem load JAVA 2 TIME      once: its processors, its time of day
/// ping 7                    pong 7 1234567890            its monotonic clock
/// ask ADDRESS PORT REQUEST  head HEAD | silent WHY       all but numbers and addresses in base64
/// plan ... run 3            begin 3 1234567890           the zero of run 3 on that clock
///                           batch 3 2                    two lines of its history follow
///                           end 3                        the last line of its history follows
/// stop 3 | abort 3          failed 3 WHY                 instead of the end
/// ```
///
/// Runs follow each other: one that is told while another is being aborted waits for that.
///
/// It ends when its input does, and when it has been told nothing for a while: whoever started it
/// says something every second, so an ssh that broke without a word is noticed too.
public final class FarProgram {
    private final BlockingQueue<Optional<String>> told = new LinkedBlockingQueue<>();
    private final List<String> plan = new ArrayList<>();
    private final OutputStream out;
    private final BlockingQueue<Ordered> ordered = new LinkedBlockingQueue<>();
    private Ordered last = new Ordered(0, List.of());

    private FarProgram(OutputStream out) {
        this.out = out;
    }

    /// The program.
    ///
    /// @param arguments after how many seconds without a word it ends
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration silence = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        new FarProgram(new FileOutputStream(FileDescriptor.out)).serve(System.in, silence);
    }

    /// All threads but this one are daemons: when it returns, the program ends.
    private void serve(InputStream in, Duration silence) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        say("tandem load %s %d %s".formatted(Runtime.version(), processors, Instant.now()));
        thread("told", () -> listen(in));
        thread("runs", this::carryOut);
        Optional<String> line = told.take();
        while (line != null && line.isPresent()) {
            take(line.get());
            line = told.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void listen(InputStream in) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String line;
            while ((line = lines.readLine()) != null) {
                told.add(Optional.of(line));
            }
        } catch (IOException e) {
            // As if it had ended.
        } finally {
            told.add(Optional.empty());
        }
    }

    private void take(String line) throws IOException {
        List<String> words = List.of(line.split(" ", -1));
        switch (words.getFirst()) {
            case "ping" -> say("pong " + words.get(1) + " " + System.nanoTime());
            case "ask" -> thread("ask", () -> ask(words));
            case "stop" -> last.stop(Long.parseLong(words.get(1)));
            case "abort" -> last.abort(Long.parseLong(words.get(1)));
            case PlanText.LAST -> {
                last = new Ordered(Long.parseLong(words.get(1)), List.copyOf(plan));
                plan.clear();
                ordered.add(last);
            }
            default -> plan.add(line);
        }
    }

    private void ask(List<String> words) {
        try {
            String request = PlanText.text(words.get(3));
            int port = Integer.parseInt(words.get(2));
            String head = new Question(words.get(1), port, request).answer();
            sayOrEnd("head " + PlanText.base64(head));
        } catch (IOException e) {
            sayOrEnd("silent " + PlanText.base64(String.valueOf(e.getMessage())));
        }
    }

    private void carryOut() {
        try {
            while (true) {
                ordered.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) throws IOException {
        sayAll(line + "\n");
    }

    private synchronized void sayAll(String lines) throws IOException {
        out.write(lines.getBytes(StandardCharsets.US_ASCII));
    }

    /// Nobody reads any more: then there is nothing left to do.
    private void sayOrEnd(String text) {
        try {
            say(text);
        } catch (IOException e) {
            told.add(Optional.empty());
        }
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().daemon().name("tandem-load far " + name).start(work);
    }

    /// A run that was ordered: it may be told to end before it has begun.
    private final class Ordered implements Sink {
        private final long number;
        private final List<String> lines;
        private @Nullable LoadRun run;
        private long origin;
        private boolean stopped;
        private boolean aborted;

        Ordered(long number, List<String> lines) {
            this.number = number;
            this.lines = lines;
        }

        void run() {
            try {
                LoadPlan whole = PlanText.read(lines);
                Rehearsal.before(whole);
                try (LoadRun begun = begin(whole);
                        Precedence _ = Precedence.take()) {
                    begun.await();
                }
            } catch (Throwable e) {
                String why = PlanText.base64(String.valueOf(e.getMessage()));
                sayOrEnd("failed %d %s".formatted(number, why));
            }
        }

        private synchronized LoadRun begin(LoadPlan whole) throws IOException {
            if (aborted) {
                throw new IOException("the run was cut off");
            }
            RunClock clock = LoadRun.clock();
            origin = clock.origin();
            LoadRun begun = LoadRun.start(whole, clock, this);
            run = begun;
            if (stopped) {
                begun.stop();
            }
            return begun;
        }

        synchronized void stop(long which) {
            stopped |= which == number;
            if (stopped && run != null) {
                run.stop();
            }
        }

        synchronized void abort(long which) {
            aborted |= which == number;
            if (aborted && run != null) {
                run.abort();
            }
        }

        @Override
        public void begin(LoadPlan whole, Instant zero) throws IOException {
            say("begin %d %d".formatted(number, origin));
        }

        @Override
        public void add(List<RequestRecord> records) throws IOException {
            StringBuilder text = new StringBuilder(records.size() * 100);
            text.append("batch %d %d\n".formatted(number, records.size()));
            records.forEach(record -> HistoryLines.append(text, record));
            sayAll(text.toString());
        }

        @Override
        public void end(LoadResult result) throws IOException {
            sayAll("end %d\n%s".formatted(number, HistoryLines.end(result)));
        }
    }
}
