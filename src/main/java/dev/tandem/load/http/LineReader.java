package dev.tandem.load.http;

import java.nio.ByteBuffer;

/// Gathers one line after the other out of bytes that come in any pieces. A line ends with CR LF; a
/// CR or LF alone is refused, because programs on the way differ in what they take it for.
final class LineReader {
    private final StringBuilder text = new StringBuilder(80);
    private boolean carriageReturn;
    private int left;

    /// Allows this many more bytes, line ends included.
    void allow(int bytes) {
        left = bytes;
    }

    /// Reads on; whether the line is whole now. Then {@link #take} has to be called before the
    /// next.
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
