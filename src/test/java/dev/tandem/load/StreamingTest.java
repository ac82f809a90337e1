package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of answers that have no end, on real sockets: they are good only when the other end
/// is there after their time, and lost when it ends them before.
@Timeout(60) // so that it ends when something hangs
class StreamingTest {
    private static final Duration LASTING = Duration.ofMillis(100);
    private static final String SOCKET = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\n\r\n";
    private static final String PONG = "\u008a\u0000";
    private static final String TEXT = "\u0081\u0002hi";

    /// What a server does with one connection, once it has read the head of the request.
    private interface Script {
        void play(Socket socket) throws IOException;
    }

    private static Map<Outcome, Long> outcomes(RequestClass kind, Script script) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> accept(listener, script));
            InetAddress here = InetAddress.getLoopbackAddress();
            Target target = Target.of(here, listener.getLocalPort(), 1);
            ClassPlan plan =
                    ClassPlan.of(kind, 1)
                            .lasting(LASTING)
                            .within(Duration.ofSeconds(1), Duration.ofSeconds(1));
            Duration length = Duration.ofMillis(100);
            return Collected.of(LoadPlan.of(target, "t1", 50, length, plan)).result().outcomes();
        }
    }

    private static void accept(ServerSocket listener, Script script) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Script script) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            script.play(socket);
        } catch (IOException e) {
            // The client's records tell what happened.
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pings(Socket socket) throws IOException {
        say(socket, SOCKET + TEXT);
        assertThat(socket.getInputStream().readNBytes(6)).startsWith(0x89, 0x80);
        say(socket, TEXT + PONG);
        socket.getInputStream().read();
    }

    /// An event every 20 ms, until the client goes.
    private static void events(Socket socket) throws IOException {
        say(socket, EVENTS);
        socket.setSoTimeout(20);
        boolean there = true;
        while (there) {
            say(socket, "data: one\n\n");
            try {
                there = socket.getInputStream().read() >= 0;
            } catch (SocketTimeoutException e) {
                // It is still there.
            }
        }
    }

    @Test
    void oneThatGoesOnAfterItsTimeIsGood() throws Exception {
        assertThat(outcomes(RequestClass.WEBSOCKET, StreamingTest::pings))
                .isEqualTo(Map.of(Outcome.OK, 5L));
        assertThat(outcomes(RequestClass.EVENTS, StreamingTest::events))
                .isEqualTo(Map.of(Outcome.OK, 5L));
    }

    /// What it has sent until it ends, and whether it waits: the end may come after its time.
    @ParameterizedTest
    @CsvSource({
        "WEBSOCKET, SOCKET,       CUT_SHORT",
        "WEBSOCKET, SOCKET_CLOSE, CUT_SHORT",
        "WEBSOCKET, SOCKET_WAIT,  TIMED_OUT",
        "WEBSOCKET, PAGE,         WRONG_BODY",
        "WEBSOCKET, ERROR,        HTTP_ERROR",
        "EVENTS,    EVENTS,       CUT_SHORT",
        "EVENTS,    EVENTS_WAIT,  TIMED_OUT",
        "EVENTS,    PAGE,         CUT_SHORT",
        "EVENTS,    ERROR,        HTTP_ERROR"
    })
    void oneThatDoesNotIsLost(RequestClass kind, String what, Outcome outcome) throws Exception {
        String said =
                switch (what) {
                    case "SOCKET", "SOCKET_WAIT" -> SOCKET + TEXT;
                    case "SOCKET_CLOSE" -> SOCKET + "\u0088\u0000";
                    case "EVENTS", "EVENTS_WAIT" -> EVENTS + "data: one\n\n";
                    case "PAGE" -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
                    default -> "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno";
                };
        Script script =
                socket -> {
                    say(socket, said);
                    if (what.endsWith("WAIT")) {
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                };

        assertThat(outcomes(kind, script)).isEqualTo(Map.of(outcome, 5L));
    }
}
