package dev.tandem.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A server on loopback that does what it is told, on real sockets.
final class ScriptedServer implements AutoCloseable {
    /// The body of its answers.
    static final String BODY = "hello from web-a\n".repeat(2000);

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final Function<Request, Act> script;
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// A request that was read to its end.
    ///
    /// @param id its `X-Tandem-Id`
    /// @param line its first line
    /// @param body how many bytes its body had
    /// @param last whether it announced that it is the last one on its connection
    /// @param session its TLS session, as text
    /// @param pass what it shows to be let in
    /// @param cookie the cookie that it shows
    record Request(
            String id,
            String line,
            int body,
            boolean last,
            String session,
            String pass,
            String cookie) {}

    /// @param tls its TLS; null for none
    ScriptedServer(@Nullable SSLContext tls, Function<Request, Act> script) {
        this.tls = tls;
        this.script = script;
        try {
            listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedServer plain(Act act) {
        return new ScriptedServer(null, request -> act);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Request> seen() {
        return seen;
    }

    List<String> ids() {
        return seen.stream().map(Request::id).toList();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket accepted = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket raw) {
        try (raw;
                Socket socket = secured(raw)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Request request = read(in, socket);
            while (request != null && act(request, socket, raw) && !request.last()) {
                request = read(in, socket);
            }
        } catch (IOException e) {
            // The client's records tell what happened.
        }
    }

    private Socket secured(Socket raw) throws IOException {
        if (tls == null) {
            return raw;
        }
        var socket =
                (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private @Nullable Request read(InputStream in, Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        int length = Integer.parseInt("0" + header(head, "Content-Length"));
        // Under this path it does not even look at the body.
        int body = head.indexOf(" /early ") > 0 ? 0 : in.readNBytes(length).length;
        String session =
                socket instanceof SSLSocket secured
                        ? java.util.HexFormat.of().formatHex(secured.getSession().getId())
                        : "";
        Request request =
                new Request(
                        header(head, "X-Tandem-Id"),
                        head.substring(0, head.indexOf("\r\n")),
                        body,
                        header(head, "Connection").equals("close"),
                        session,
                        header(head, Pass.HEADER),
                        header(head, "Cookie"));
        seen.add(request);
        return request;
    }

    private static String header(StringBuilder head, String name) {
        int at = head.indexOf("\r\n" + name + ": ");
        return at < 0 ? "" : head.substring(at + name.length() + 4, head.indexOf("\r\n", at + 2));
    }

    /// Whether the connection can carry another request.
    private boolean act(Request request, Socket socket, Socket raw) throws IOException {
        switch (script.apply(request)) {
            case ANSWER -> send(socket, head(200, BODY.length()) + BODY);
            case GIVE_COOKIE -> send(socket, giving("SRV=" + request.id()) + BODY);
            case ANSWER_IN_CHUNKS -> send(socket, chunked());
            case ANSWER_TO_THE_END -> {
                send(socket, "HTTP/1.1 200 OK\r\n\r\n" + BODY);
                return false;
            }
            case ECHO -> send(socket, head(200, request.id().length()) + request.id());
            case ERROR -> send(socket, head(503, 4) + "none");
            case OTHER_BODY -> send(socket, head(200, BODY.length()) + BODY.replace('h', 'j'));
            case SURPLUS -> send(socket, head(200, 4) + "more!");
            case CUT_SHORT -> {
                send(socket, head(200, BODY.length()) + BODY.substring(0, 500));
                return false;
            }
            case CLOSE -> {
                return false;
            }
            case RESET -> reset(raw);
            case RESET_IN_BODY -> {
                send(socket, head(200, BODY.length()) + BODY.substring(0, 500));
                reset(raw);
            }
            case NOT_HTTP -> send(socket, "SSH-2.0-OpenSSH_9.2\r\n");
            case HANG -> pause(20_000);
            case ANSWER_AND_CLOSE_LATER -> {
                send(socket, head(200, BODY.length()) + BODY);
                pause(40);
                return false;
            }
            case ANSWER_AND_RESET_LATER -> {
                send(socket, head(200, BODY.length()) + BODY);
                pause(40);
                reset(raw);
            }
        }
        return true;
    }

    static String head(int status, int length) {
        return "HTTP/1.1 %d Said\r\nContent-Length: %d\r\n".formatted(status, length)
                + "X-Served-By: web-a\r\nX-Balancer: haproxy-a\r\n\r\n";
    }

    private static String giving(String cookie) {
        return head(200, BODY.length())
                .replace(
                        "X-Served-By",
                        "Set-Cookie: " + cookie + "; path=/; HttpOnly\r\nX-Served-By");
    }

    private static String chunked() {
        int half = BODY.length() / 2;
        return "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(half)
                + "\r\n"
                + BODY.substring(0, half)
                + "\r\n"
                + Integer.toHexString(BODY.length() - half)
                + ";x=y\r\n"
                + BODY.substring(half)
                + "\r\n0\r\nX-Sum: 1\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void reset(Socket raw) throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /// Waits this many milliseconds, or until the server is closed.
    private void pause(int millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
