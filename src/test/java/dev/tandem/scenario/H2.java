package dev.tandem.scenario;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// HTTP/2 by hand (RFC 9113), without TLS: frames as no decent client would write them. Header
/// fields are literals without a table and without Huffman (RFC 7541, 6.2.2).
final class H2 {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /// The code CANCEL of a RST_STREAM.
    private static final int CANCEL = 8;

    private static final int HEAD = 9;
    private static final int LONGEST = 127;

    /// `:status: 200` and `:status: 400` in the static table (RFC 7541, appendix A).
    private static final byte OK = (byte) 0x88;

    private static final byte BAD_REQUEST = (byte) 0x8c;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// What a client says first.
    H2() {
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    H2 frame(int type, int flags, int stream, byte[] payload) {
        int length = payload.length;
        out.writeBytes(
                new byte[] {
                    (byte) (length >> 16),
                    (byte) (length >> 8),
                    (byte) length,
                    (byte) type,
                    (byte) flags
                });
        out.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
        out.writeBytes(payload);
        return this;
    }

    /// The head of a request, alone or with a body to come.
    H2 headers(int stream, int flags, List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            block.write(0);
            text(block, fields.get(i));
            text(block, fields.get(i + 1));
        }
        return frame(HEADERS, flags | END_HEADERS, stream, block.toByteArray());
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length >= LONGEST) {
            throw new IllegalArgumentException("too long: " + text);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    /// The whole body of a request.
    H2 data(int stream, String text) {
        return frame(DATA, END_STREAM, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Takes a request back.
    H2 reset(int stream) {
        return frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /// What came back, in the words of the frames that say something, each once: `passes` for an
    /// answer, `400`, `reset`, `goaway`; `none` for nothing.
    static String answers(byte[] came) {
        Set<String> words = new LinkedHashSet<>();
        frames(
                came,
                (type, payload) -> {
                    switch (type) {
                        case HEADERS ->
                                words.add(payload[0] == BAD_REQUEST ? "400" : Payload.PASSES);
                        case RESET -> words.add("reset");
                        case GOAWAY -> words.add("goaway");
                        default -> {} // settings, windows, pages
                    }
                });
        return words.isEmpty() ? "none" : String.join(" ", words);
    }

    /// How many answers have status 200, and how many another one.
    static Map<Boolean, Integer> served(byte[] came) {
        Map<Boolean, Integer> count = new TreeMap<>();
        frames(
                came,
                (type, payload) -> {
                    if (type == HEADERS) {
                        count.merge(payload[0] == OK, 1, Integer::sum);
                    }
                });
        return count;
    }

    /// Whoever looks at frames.
    private interface Frames {
        void frame(int type, byte[] payload);
    }

    private static void frames(byte[] came, Frames each) {
        ByteBuffer in = ByteBuffer.wrap(came);
        while (in.remaining() >= HEAD) {
            int lengthAndType = in.getInt();
            in.position(in.position() + HEAD - Integer.BYTES);
            byte[] payload = new byte[Math.min(lengthAndType >>> 8, in.remaining())];
            in.get(payload);
            each.frame(lengthAndType & 0xff, payload);
        }
    }
}
