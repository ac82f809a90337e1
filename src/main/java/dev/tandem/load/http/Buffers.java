package dev.tandem.load.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Buffers that are lent and returned, for one thread: each has room for any TLS record. A new one
/// for every handshake would be most of the thread's garbage.
public final class Buffers {
    /// The longest record that the JDK accepts, with its header (RFC 8446, 5.2, rounded up).
    static final int SIZE = 36 << 10;

    private static final int KEPT = 256;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocate(SIZE) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.push(buffer);
        }
    }
}
