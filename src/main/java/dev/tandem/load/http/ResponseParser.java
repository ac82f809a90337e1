package dev.tandem.load.http;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Reads one HTTP/1.1 response to a request other than HEAD, from bytes that arrive in pieces of
/// any size. Small and strict, because a client that measures must not mend what it measures.
/// Interim responses (100, 103) are skipped.
public final class ResponseParser {
    private static final int LONGEST_HEAD = 32 << 10;
    private static final int LONGEST_CHUNK_LINE = 256;

    private final LineReader line = new LineReader();
    private final ResponseHead head = new ResponseHead();
    private final CRC32C crc = new CRC32C();
    private State state = State.STATUS_LINE;
    private boolean headRead;
    private long bytes;
    private long left;
    private boolean mayUpgrade;

    /// What is expected next.
    private enum State {
        STATUS_LINE,
        FIELDS,
        BODY,
        BODY_TO_THE_END,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UPGRADED,
        COMPLETE
    }

    public ResponseParser() {
        line.allow(LONGEST_HEAD);
    }

    /// Another protocol was asked for.
    public void allowUpgrade() {
        mayUpgrade = true;
    }

    /// Whether the rest of the connection speaks that protocol.
    public boolean upgraded() {
        return state == State.UPGRADED;
    }

    /// Continues reading. Bytes after the end of the response are left.
    public void read(ByteBuffer in) throws NotHttp {
        while (in.hasRemaining() && state != State.COMPLETE && state != State.UPGRADED) {
            switch (state) {
                case BODY, BODY_TO_THE_END, CHUNK -> body(in);
                case STATUS_LINE, FIELDS, CHUNK_SIZE, CHUNK_END, TRAILER -> {
                    if (line.read(in)) {
                        line(line.take());
                    }
                }
                case UPGRADED, COMPLETE -> throw new IllegalStateException("read after the end");
            }
        }
    }

    /// The connection was closed cleanly; returns whether the response is complete.
    public boolean end() {
        if (state == State.BODY_TO_THE_END) {
            state = State.COMPLETE;
        }
        return complete();
    }

    private void line(String text) throws NotHttp {
        switch (state) {
            case STATUS_LINE -> {
                head.statusLine(text);
                state = State.FIELDS;
            }
            case FIELDS -> {
                if (text.isEmpty()) {
                    headEnds();
                } else {
                    head.field(text);
                }
            }
            case CHUNK_SIZE -> chunkSize(text);
            case CHUNK_END -> {
                if (!text.isEmpty()) {
                    throw new NotHttp("a chunk that is longer than it says");
                }
                expectChunk();
            }
            case TRAILER -> {
                if (text.isEmpty()) {
                    state = State.COMPLETE;
                } else {
                    ResponseHead.trailer(text);
                }
            }
            case BODY, BODY_TO_THE_END, CHUNK, UPGRADED, COMPLETE ->
                    throw new IllegalStateException("a line in " + state);
        }
    }

    private void headEnds() throws NotHttp {
        if (head.interim()) {
            if (head.status() == 101) {
                upgrade();
                return;
            }
            state = State.STATUS_LINE;
            return;
        }
        headRead = true;
        left = head.length();
        if (head.chunked() && left != 0) {
            expectChunk();
        } else if (left == ResponseHead.UNKNOWN) {
            state = State.BODY_TO_THE_END;
        } else {
            state = left == 0 ? State.COMPLETE : State.BODY;
        }
    }

    private void upgrade() throws NotHttp {
        if (!mayUpgrade) {
            throw new NotHttp("another protocol, which nobody asked for");
        }
        headRead = true;
        state = State.UPGRADED;
    }

    private void expectChunk() {
        line.allow(LONGEST_CHUNK_LINE);
        state = State.CHUNK_SIZE;
    }

    private void chunkSize(String text) throws NotHttp {
        String digits = text.replaceFirst("[ \t]*;.*", "");
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
            throw new NotHttp("a chunk without a size");
        }
        left = Long.parseLong(digits, 16);
        if (left > 0) {
            state = State.CHUNK;
        } else {
            line.allow(LONGEST_HEAD);
            state = State.TRAILER;
        }
    }

    private void body(ByteBuffer in) {
        int available = in.remaining();
        int length = state == State.BODY_TO_THE_END ? available : (int) Math.min(left, available);
        ByteBuffer piece = in.slice(in.position(), length);
        crc.update(piece);
        in.position(in.position() + length);
        bytes += length;
        left -= length;
        if (state == State.BODY && left == 0) {
            state = State.COMPLETE;
        } else if (state == State.CHUNK && left == 0) {
            line.allow(LONGEST_CHUNK_LINE);
            state = State.CHUNK_END;
        }
    }

    public boolean complete() {
        return state == State.COMPLETE;
    }

    /// Whether status and headers are known.
    public boolean headRead() {
        return headRead;
    }

    public ResponseHead head() {
        return head;
    }

    /// Bytes of the body so far.
    public long bytes() {
        return bytes;
    }

    /// CRC-32C of the body so far.
    public long crc() {
        return crc.getValue();
    }
}
