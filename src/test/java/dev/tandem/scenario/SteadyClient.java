package dev.tandem.scenario;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// A client that keeps one connection to the VIP and asks over it all the time, so that a
/// connection which is broken for a moment is found.
final class SteadyClient implements AutoCloseable {
    private static final long REST_NANOS = 10_000_000;

    private final OpenConnection connection;
    private final CompletableFuture<Optional<String>> asked;
    private volatile boolean ends;

    private SteadyClient(OpenConnection connection) {
        this.connection = connection;
        asked = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
    }

    /// Connects to whoever holds the VIP now.
    static SteadyClient of(TestSite site) throws IOException {
        OpenConnection connection = OpenConnection.to(site, "GET / HTTP/1.1");
        String answer = connection.answer();
        if (!isRight(answer)) {
            connection.close();
            throw new AssertionError("the first answer: " + answer);
        }
        return new SteadyClient(connection);
    }

    private static boolean isRight(String answer) {
        return answer.startsWith("HTTP/1.1 200 ");
    }

    private Optional<String> ask() {
        try {
            while (!ends) {
                connection.request("GET / HTTP/1.1");
                String answer = connection.answer();
                if (!isRight(answer)) {
                    return Optional.of("answered: " + answer);
                }
                LockSupport.parkNanos(REST_NANOS);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /// Ends it: what went wrong; empty when every request had its answer.
    Optional<String> wrong() {
        ends = true;
        return asked.join();
    }

    @Override
    public void close() throws IOException {
        ends = true;
        connection.close();
    }
}
