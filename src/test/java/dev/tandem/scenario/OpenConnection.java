package dev.tandem.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client's connection to the VIP of a test site, spoken to by hand: a stream, a WebSocket, an
/// upload. Reading ends with the answer, or when the connection does.
final class OpenConnection implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Pattern SERVED = Pattern.compile("(?i)x-served-by: (\\S+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)\r\n");

    private final Socket socket = new Socket();

    private OpenConnection() {}

    /// Opens it, and sends the head of a request.
    static OpenConnection to(TestSite site, String request) throws IOException {
        OpenConnection connection = new OpenConnection();
        connection.socket.connect(new InetSocketAddress(site.lan(150).toString(), 80));
        connection.socket.setSoTimeout((int) LONGEST.toMillis());
        connection.request(request);
        return connection;
    }

    void request(String request) throws IOException {
        send(request + "\r\nHost: test\r\n\r\n");
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Reads until this has come; returns what came, which lacks it if the connection has ended.
    String until(String text) throws IOException {
        StringBuilder came = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (came.indexOf(text) < 0) {
            int one = next(in);
            if (one < 0) {
                return came.toString();
            }
            came.append((char) one);
        }
        return came.toString();
    }

    private static int next(InputStream in) throws IOException {
        try {
            return in.read();
        } catch (SocketException _) { // it was reset
            return -1;
        }
    }

    /// Passes over what has come so far.
    void passOver() throws IOException {
        InputStream in = socket.getInputStream();
        in.skipNBytes(in.available());
    }

    /// Reads until the connection has ended.
    void untilItEnds() throws IOException {
        InputStream in = socket.getInputStream();
        while (next(in) >= 0) {}
    }

    /// Which web server has answered, by the head of its answer.
    static String servedBy(String head) {
        Matcher served = SERVED.matcher(head);
        return served.find() ? served.group(1) : "nobody";
    }

    /// One whole answer; empty if the connection ended without one.
    String answer() throws IOException {
        String head = until("\r\n\r\n");
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        byte[] body = socket.getInputStream().readNBytes(bytes);
        return head + new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
