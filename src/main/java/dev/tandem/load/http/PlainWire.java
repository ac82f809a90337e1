package dev.tandem.load.http;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// Plain TCP.
///
/// @param channel the socket, which has begun to connect
public record PlainWire(SocketChannel channel) implements Wire {
    @Override
    public boolean connect() throws IOException {
        return connected(channel);
    }

    /// Whether TCP is connected. On one machine a socket can connect to itself, if it is given the
    /// very port that it connects to and nothing listens there: that does not count.
    static boolean connected(SocketChannel channel) throws IOException {
        if (!channel.isConnected() && !channel.finishConnect()) {
            return false;
        }
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new ConnectException("connected to itself");
        }
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public boolean write(ByteBuffer from) throws IOException {
        channel.write(from);
        return !from.hasRemaining();
    }

    @Override
    public int interest() {
        return SelectionKey.OP_CONNECT;
    }

    @Override
    public void release() {
        // It has borrowed nothing.
    }
}
