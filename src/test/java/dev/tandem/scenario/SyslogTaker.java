package dev.tandem.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Takes what balancers send to syslog, on a UDP port of this host.
final class SyslogTaker implements AutoCloseable {
    private static final int LONGEST = 9000;
    private static final Duration QUIET = Duration.ofMillis(100);

    private final DatagramSocket socket;

    SyslogTaker() {
        try {
            socket = new DatagramSocket();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /// Forgets what has come: when nobody reads for long, the kernel takes no more.
    void forget() throws IOException {
        while (!line(QUIET).isEmpty()) {}
    }

    /// The next line; empty when none comes in time.
    String line(Duration limit) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        try {
            socket.setSoTimeout((int) limit.toMillis());
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException _) {
            return "";
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
