package dev.tandem.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A long line to a server: a relay on this machine that hands on every byte half a round trip
/// later, however many there are.
final class SlowLine implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final ServerSocket door;
    private final InetSocketAddress to;
    private final long delay;

    private SlowLine(ServerSocket door, InetSocketAddress to, Duration roundTrip) {
        this.door = door;
        this.to = to;
        this.delay = roundTrip.toNanos() / 2;
    }

    /// Begins to relay.
    static SlowLine to(String address, int port, Duration roundTrip) {
        try {
            ServerSocket door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
            SlowLine line = new SlowLine(door, new InetSocketAddress(address, port), roundTrip);
            Thread.ofVirtual().start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it can be reached, as curl takes it for `--connect-to`.
    String end() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket();
                server.connect(to, 5000);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                relay(client, server);
                relay(server, client);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // closed: the end of this thread
        }
    }

    /// One direction. What was read is written by one thread, in its order.
    private void relay(Socket from, Socket to) {
        ScheduledExecutorService writer =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        Thread.ofVirtual().start(() -> read(from, to, writer));
    }

    private void read(Socket from, Socket to, ScheduledExecutorService writer) {
        byte[] bytes = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                byte[] piece = Arrays.copyOf(bytes, read);
                later(writer, () -> to.getOutputStream().write(piece));
            }
        } catch (IOException e) {
            later(writer, from::close);
        }
        later(writer, to::close);
        writer.shutdown();
    }

    private void later(ScheduledExecutorService writer, Action action) {
        Callable<Void> task =
                () -> {
                    action.run();
                    return null;
                };
        ScheduledFuture<?> _ = writer.schedule(task, delay, TimeUnit.NANOSECONDS);
    }

    /// Something that is done to a connection.
    private interface Action {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
