package dev.tandem.load.http;

import java.nio.ByteBuffer;

/// Reads what the server of a WebSocket sends (RFC 6455, section 5.2), as far as a client needs it
/// that only wants to know whether the other end is there: answers to its pings, and the end. Data
/// is passed over.
public final class Frames {
    private static final int LONGEST_HEAD = 10;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    private long left;
    private boolean ponged;
    private boolean closed;

    /// An empty ping, masked as all that a client sends is.
    public static byte[] ping() {
        return new byte[] {(byte) 0x89, (byte) 0x80, 't', 'n', 'd', 'm'};
    }

    /// Continues reading.
    public void read(ByteBuffer in) throws NotHttp {
        while (in.hasRemaining()) {
            if (left > 0) {
                int part = (int) Math.min(left, in.remaining());
                in.position(in.position() + part);
                left -= part;
            } else {
                head.put(in.get());
                if (head.position() == headLength()) {
                    headEnds();
                }
            }
        }
    }

    private int headLength() {
        return switch (head.position() < 2 ? 0 : head.get(1) & 0x7f) {
            case 126 -> 4;
            case 127 -> LONGEST_HEAD;
            default -> 2;
        };
    }

    private void headEnds() throws NotHttp {
        if (head.get(1) < 0) {
            throw new NotHttp("a server that masks its frames");
        }
        left =
                switch (headLength()) {
                    case 4 -> head.getShort(2) & 0xffff;
                    case LONGEST_HEAD -> Math.max(0, head.getLong(2));
                    default -> head.get(1);
                };
        int kind = head.get(0) & 0x0f;
        ponged |= kind == PONG;
        closed |= kind == CLOSE;
        head.clear();
    }

    /// Whether a ping was answered.
    public boolean ponged() {
        return ponged;
    }

    /// Whether the server has said goodbye.
    public boolean closed() {
        return closed;
    }
}
