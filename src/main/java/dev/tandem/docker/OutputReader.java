package dev.tandem.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads what a process prints, to its end. On a busy machine the reading can be late by seconds
/// after the process has ended; what was read until then is not the whole answer.
final class OutputReader {
    /// How long one read may find nothing after the process has ended, while the stream stays open:
    /// a process that it has left behind holds it, and what that prints is no part of the answer.
    private static final long HELD = Duration.ofSeconds(5).toNanos();

    /// How long the rest may take in any case, however short the command's own limit is.
    private static final long REST = Duration.ofSeconds(6).toNanos();

    private static final Duration LOOK = Duration.ofMillis(20);

    private final StringBuilder text = new StringBuilder();
    private final Pipe pipe;
    private final Thread thread;

    private OutputReader(InputStream stream, Consumer<String> line, boolean keep) {
        this.pipe = new Pipe(stream);
        this.thread = Thread.ofPlatform().daemon().unstarted(() -> read(line, keep));
    }

    /// Begins.
    ///
    /// @param line gets each line as soon as it is complete
    static OutputReader of(InputStream stream, Consumer<String> line) {
        return new OutputReader(stream, line, true).started();
    }

    /// The same, without a text in the end: for what may be more than there is memory.
    static OutputReader passingOn(InputStream stream, Consumer<String> line) {
        return new OutputReader(stream, line, false).started();
    }

    private OutputReader started() {
        thread.start();
        return this;
    }

    private void read(Consumer<String> line, boolean keep) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8))) {
            String next;
            while ((next = reader.readLine()) != null) {
                if (keep) {
                    synchronized (text) {
                        text.append(next).append('\n');
                    }
                }
                line.accept(next);
            }
        } catch (IOException e) {
            // The process was ended while its output was being read: there is no more.
            pipe.begin();
        }
    }

    /// Waits for the end, once the process has ended; whether everything that it printed was read.
    ///
    /// @param deadline the command's own, as of {@link System#nanoTime}
    boolean ends(long deadline) throws InterruptedException {
        long ended = System.nanoTime();
        long latest = Math.max(deadline, ended + REST);
        while (!thread.join(LOOK)) {
            long now = System.nanoTime();
            if (pipe.idle(now) >= HELD && now - ended >= HELD) {
                return true;
            }
            if (now >= latest) {
                return false;
            }
        }
        return true;
    }

    /// What was read so far.
    String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    /// The stream, with the knowledge of how long its reader waits for more.
    private static final class Pipe extends InputStream {
        private static final long BUSY = Long.MAX_VALUE;

        private final InputStream stream;
        private volatile long since = BUSY;

        Pipe(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            begin();
            int read = stream.read(bytes, offset, length);
            since = BUSY;
            return read;
        }

        void begin() {
            since = System.nanoTime();
        }

        /// Nanoseconds since its reader waits; 0 while it has something.
        long idle(long now) {
            long began = since;
            return began == BUSY ? 0 : now - began;
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
