package dev.tandem.load;

import dev.tandem.load.http.Frames;
import dev.tandem.load.http.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The part of a request that is still to be sent. The head leaves at once, a body in pieces, each
/// when it is released.
final class Outbox {
    /// The number of pieces in which an upload leaves.
    static final int PIECES = 10;

    private static final ByteBuffer BODY = body();
    private static final String CLOSE = "Connection: close\r\n";

    /// RFC 6455, section 4.1, with the key of its example.
    private static final String UPGRADE =
            """
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """
                    .replace("\n", "\r\n");

    private final ByteBuffer head;
    private final long size;
    private long released;
    private long written;

    private Outbox(byte[] head, long size) {
        this.head = ByteBuffer.wrap(head);
        this.size = size;
    }

    private static ByteBuffer body() {
        ByteBuffer body = ByteBuffer.allocateDirect(32 << 10);
        while (body.hasRemaining()) {
            body.put((byte) ('a' + body.position() % 26));
        }
        return body.flip().asReadOnlyBuffer();
    }

    /// The request of an exchange.
    static Outbox of(Exchange exchange, Target target) {
        ClassPlan plan = exchange.plan();
        boolean upload = plan.kind() == RequestClass.UPLOAD;
        boolean socket = plan.kind() == RequestClass.WEBSOCKET;
        String text =
                (upload ? "POST " : "GET ")
                        + plan.path()
                        + " HTTP/1.1\r\nHost: "
                        + target.hostHeader(plan.kind())
                        + "\r\nUser-Agent: tandem-load\r\nAccept: "
                        + (plan.kind() == RequestClass.EVENTS ? "text/event-stream" : "*/*")
                        + "\r\n"
                        + (upload ? "Content-Length: " + plan.size() + "\r\n" : "")
                        + (socket ? UPGRADE : "")
                        + (socket || exchange.planned().keepsOpen() ? "" : CLOSE)
                        + pass(plan.kind(), target)
                        + (exchange.cookie().isEmpty()
                                ? ""
                                : "Cookie: " + exchange.cookie() + "\r\n")
                        + "X-Tandem-Id: "
                        + exchange.id()
                        + "\r\n\r\n";
        return new Outbox(text.getBytes(StandardCharsets.US_ASCII), plan.size());
    }

    /// Asks the other end of a WebSocket whether it is there.
    static Outbox ping() {
        return new Outbox(Frames.ping(), 0);
    }

    /// Only the kinds that ask for paths of their own show it.
    private static String pass(RequestClass kind, Target target) {
        boolean asked = kind == RequestClass.SLOW || kind == RequestClass.UPLOAD;
        return target.pass()
                .filter(_ -> asked)
                .map(pass -> Pass.HEADER + ": " + pass.value() + "\r\n")
                .orElse("");
    }

    /// Releases the next piece of the body; returns whether there are more to come.
    boolean release() {
        released = Math.min(size, released + Math.max(1, (size + PIECES - 1) / PIECES));
        return released < size;
    }

    /// Writes what has been released; returns whether all of it has left.
    boolean write(Wire wire) throws IOException {
        if (!wire.write(head)) {
            return false;
        }
        while (written < released) {
            int from = (int) (written % BODY.capacity());
            int length = (int) Math.min(released - written, BODY.capacity() - from);
            ByteBuffer piece = BODY.slice(from, length);
            boolean all = wire.write(piece);
            written += piece.position();
            if (!all) {
                return false;
            }
        }
        return true;
    }

    /// Whether nothing is left to send.
    boolean empty() {
        return !head.hasRemaining() && written == size;
    }
}
