package dev.tandem.load.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS over TCP. The handshake is computed in the thread of the TLS connections, about a
/// millisecond each.
public final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Buffers buffers;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private boolean released;
    private boolean shaking;
    private boolean ended;

    /// @param channel the socket, which has begun to connect
    /// @param buffers the source of its buffers
    public TlsWire(SocketChannel channel, SSLEngine engine, Buffers buffers) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
        this.in = buffers.take().flip();
        this.out = buffers.take().flip();
    }

    @Override
    public boolean connect() throws IOException {
        if (!PlainWire.connected(channel)) {
            return false;
        }
        if (!shaking) {
            engine.beginHandshake();
            shaking = true;
        }
        while (flush()) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> compute();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    SSLEngineResult result = unwrap(NOTHING.duplicate());
                    if (result == null) {
                        checkOpen();
                        return false;
                    }
                    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                        throw new EndedEarly();
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
        return false;
    }

    /// An end of TCP that TLS did not announce may come from anyone, so it proves nothing.
    private void checkOpen() throws EndedEarly {
        if (ended) {
            throw new EndedEarly();
        }
    }

    private void compute() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.position() == before) {
            if (engine.isInboundDone()) {
                return -1;
            }
            SSLEngineResult result = unwrap(into);
            if (result == null) {
                checkOpen();
                return 0;
            }
            answer(result.getHandshakeStatus());
        }
        return into.position() - before;
    }

    /// What a peer asks of TLS itself after the handshake, such as new keys.
    private void answer(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_TASK) {
            compute();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isInboundDone()) {
            wrap(NOTHING);
            flush();
        }
    }

    /// Decrypts one TLS record; null if it has not arrived yet.
    private @Nullable SSLEngineResult unwrap(ByteBuffer into) throws IOException {
        while (true) {
            SSLEngineResult result = engine.unwrap(in, into);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                throw new SSLException("a TLS record that is larger than any may be");
            }
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                return result;
            }
            in.compact();
            int read = ended ? -1 : channel.read(in);
            in.flip();
            ended = read < 0;
            if (read <= 0) {
                return null;
            }
        }
    }

    @Override
    public boolean write(ByteBuffer from) throws IOException {
        while (flush()) {
            if (!from.hasRemaining()) {
                return true;
            }
            wrap(from);
        }
        return false;
    }

    private void wrap(ByteBuffer from) throws IOException {
        out.compact();
        SSLEngineResult result = engine.wrap(from, out);
        out.flip();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && from.hasRemaining()) {
            throw new IOException("TLS was ended by the peer");
        }
    }

    private boolean flush() throws IOException {
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int interest() {
        if (!channel.isConnected()) {
            return SelectionKey.OP_CONNECT;
        }
        return SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public void release() {
        if (!released) {
            released = true;
            buffers.give(in);
            buffers.give(out);
        }
    }
}
