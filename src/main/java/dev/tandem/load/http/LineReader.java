package dev.tandem.load.http;

import java.nio.ByteBuffer;

/// Assembles lines from bytes that arrive in pieces of any size. A line ends with CR LF; a bare CR
/// or LF is refused, because programs on the way disagree about what it means.
final class LineReader {
    private final StringBuilder text = new StringBuilder(80);
    private boolean carriageReturn;
    private int left;

    /// Permits this many more bytes, line ends included.
    void allow(int bytes) {
        left = bytes;
    }

    /// Continues reading; returns whether the line is complete. Then {@link #take} must be called
    /// before the next one.
    boolean read(ByteBuffer in) throws NotHttp {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (--left < 0) {
                throw new NotHttp("a head, or a line between chunks, is too long");
            }
            if (carriageReturn != (next == '\n')) {
                throw new NotHttp("a line that does not end with CR LF");
            }
            if (next == '\n') {
                carriageReturn = false;
                return true;
            }
            if (next == '\r') {
                carriageReturn = true;
            } else {
                text.append((char) (next & 0xff));
            }
        }
        return false;
    }

    String take() {
        String line = text.toString();
        text.setLength(0);
        return line;
    }
}
