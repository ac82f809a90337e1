package dev.tandem.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Asks an engine over its socket, without a process: what is asked again and again.
final class EngineSocket {
    private static final byte[] PING =
            "GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private EngineSocket() {}

    /// What came of it.
    enum Answer {
        /// An engine answers.
        YES,
        /// Nobody listens, or the connection was ended without an answer.
        NOBODY,
        /// The question was taken, and no answer came in time.
        LATE
    }

    /// Asks once.
    static Answer ask(Path socket, Duration limit) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(PING));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(limit.toMillis()) == 0) {
                return Answer.LATE;
            }
            return channel.read(ByteBuffer.allocate(1)) > 0 ? Answer.YES : Answer.NOBODY;
        } catch (IOException e) {
            return Answer.NOBODY;
        }
    }

    /// What an engine answers to a GET of its API; empty when it gives no good answer, or not all
    /// of it in time.
    static Optional<String> get(Path socket, String path, Duration limit) {
        return get(socket, path, limit, HttpAnswer.Length.SAID_OR_NOT);
    }

    /// The same of whoever is at the other end of a socket.
    static Optional<String> get(
            Path socket, String path, Duration limit, HttpAnswer.Length length) {
        long end = System.nanoTime() + limit.toNanos();
        String question = "GET " + path + " HTTP/1.0\r\nHost: docker" + HttpAnswer.END_OF_HEAD;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(1 << 16);
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 || selector.select(left) == 0) {
                    return Optional.empty();
                }
                selector.selectedKeys().clear();
                if (channel.read(part) < 0) {
                    String answer = all.toString(StandardCharsets.UTF_8);
                    return HttpAnswer.body(answer, length);
                }
                all.write(part.array(), 0, part.position());
                part.clear();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
