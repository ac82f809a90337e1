package dev.tandem.docker;

import dev.tandem.model.Ip4;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A page that is told over plain HTTP on a network of an engine's machine.
///
/// @param path what is asked for, beginning with `/`
/// @param limit for the whole answer
public record Page(Ip4 address, int port, String path, Duration limit) {
    /// Nobody waits longer for a machine that is not there.
    private static final Duration CONNECT = Duration.ofMillis(200);

    private static final int LONGEST = 1 << 22;

    /// What it says; empty when it did not say all of it in time, or says that it has nothing to
    /// say (any status but 200).
    ///
    /// @return the body
    Optional<String> get() {
        long end = System.nanoTime() + limit.toNanos();
        try (Socket socket = new Socket()) {
            int wait = (int) Math.min(limit.toMillis(), CONNECT.toMillis());
            InetAddress there = InetAddress.getByName(address.toString());
            socket.connect(new InetSocketAddress(there, port), wait);
            String question = "GET " + path + " HTTP/1.0\r\nHost: " + address;
            question += HttpAnswer.END_OF_HEAD;
            socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
            return read(socket, end).flatMap(text -> HttpAnswer.body(text, HttpAnswer.Length.SAID));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The same over the end of a tunnel here that leads to it.
    Optional<String> over(Path socket) {
        return EngineSocket.get(socket, path, limit, HttpAnswer.Length.SAID);
    }

    private static Optional<String> read(Socket socket, long end) throws IOException {
        InputStream input = socket.getInputStream();
        byte[] all = new byte[1 << 16];
        int have = 0;
        while (have < LONGEST) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) left);
            if (have == all.length) {
                all = Arrays.copyOf(all, 2 * have);
            }
            int more = input.read(all, have, all.length - have);
            if (more < 0) {
                return Optional.of(new String(all, 0, have, StandardCharsets.UTF_8));
            }
            have += more;
        }
        return Optional.empty();
    }
}
