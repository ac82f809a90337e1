package dev.tandem.docker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Asks an engine over its socket whether it answers, without a process: this is asked again and
/// again.
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
}
