package dev.tandem.scenario;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One session with PostgreSQL, in its own protocol (version 3.0): simple queries, as `psql` sends
/// them. A session that breaks is an exception.
final class SqlSession implements AutoCloseable {
    private static final int VERSION = 3 << 16;
    private static final int FIXED = 4; // the length counts itself

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean inTransaction;

    /// Begins one as `app`, who needs no password.
    SqlSession(String host, int port) throws IOException {
        socket.connect(new InetSocketAddress(host, port));
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        byte[] who = "user\0app\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        out.writeInt(2 * FIXED + who.length);
        out.writeInt(VERSION);
        out.write(who);
        untilReady();
    }

    /// The first value of the answer; empty if it has none.
    String ask(String sql) throws IOException {
        byte[] text = (sql + "\0").getBytes(StandardCharsets.UTF_8);
        out.writeByte('Q');
        out.writeInt(FIXED + text.length);
        out.write(text);
        return untilReady();
    }

    /// Whether a transaction is open, as the server said last.
    boolean inTransaction() {
        return inTransaction;
    }

    private String untilReady() throws IOException {
        String value = "";
        while (true) {
            int kind = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - FIXED);
            switch (kind) {
                case 'E' -> throw new IOException(new String(body, StandardCharsets.UTF_8));
                case 'D' -> value = value.isEmpty() ? first(body) : value;
                case 'Z' -> {
                    inTransaction = body[0] == 'T';
                    return value;
                }
                default -> {} // what was asked for was something else
            }
        }
    }

    /// Of a row: the number of columns, and before each its length.
    private static String first(byte[] row) throws IOException {
        try (DataInputStream columns = new DataInputStream(new java.io.ByteArrayInputStream(row))) {
            columns.readShort();
            return new String(columns.readNBytes(columns.readInt()), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
