package dev.tandem.drill.ground;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Checks a few times, each time over a new connection, whether a VIP answers with 2xx or 3xx.
///
/// @param vip the address
/// @param port for plain HTTP
/// @param path the path to request
public record VipProbe(String vip, int port, String path) {
    private static final int TIMES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /// `HTTP/1.1 200`: the rest of the answer is not read.
    private static final int STATUS_LENGTH = 12;

    private static final Pattern GOOD = Pattern.compile("HTTP/1\\.[01] [23][0-9]{2}");

    /// What was wrong; empty if every answer was good and came in time.
    public Optional<String> lack() {
        return lack(this::once);
    }

    /// The same, asked by somebody else: from another machine, say.
    ///
    /// @param ask asks over a new connection: it gets the request, and returns the beginning of the
    ///   answer, or why there is none
    public Optional<String> lack(UnaryOperator<String> ask) {
        for (int time = 1; time <= TIMES; time++) {
            String said = ask.apply(request());
            String seen = GOOD.matcher(said).lookingAt() ? said.substring(0, STATUS_LENGTH) : said;
            if (!GOOD.matcher(seen).matches()) {
                return Optional.of(
                        "vip: http://%s:%d%s, connection %d of %d: %s"
                                .formatted(vip, port, path, time, TIMES, seen));
            }
        }
        return Optional.empty();
    }

    private String request() {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, port == 80 ? vip : vip + ":" + port);
    }

    private String once(String request) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(vip, port), left(deadline));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return status(socket, deadline);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String status(Socket socket, long deadline) throws IOException {
        StringBuilder seen = new StringBuilder();
        InputStream answer = socket.getInputStream();
        while (seen.length() < STATUS_LENGTH) {
            socket.setSoTimeout(left(deadline));
            int next = answer.read();
            if (next < 0) {
                return "the connection was closed after \"" + seen + "\"";
            }
            seen.append(next < ' ' || next > '~' ? '?' : (char) next);
        }
        return seen.toString();
    }

    /// In milliseconds, at least one: 0 would mean without limit.
    private static int left(long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new IOException("no answer within " + LIMIT.toSeconds() + " s");
        }
        return (int) left;
    }
}
