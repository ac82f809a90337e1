package dev.tandem.load;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/// A fixed number of connections that stay open. A request takes the one that has been free the
/// longest; if the pool is not full, as after a loss, it opens another first; if all are busy, it
/// waits, and the wait counts. A connection lost while it is silent costs no request: the next
/// arrival opens another, and its record shows that.
final class OpenConnections implements Keeper, Exchange.Holder {
    private final Loop loop;
    private final int size;
    private final ArrayDeque<Connection> free = new ArrayDeque<>();
    private final LinkedHashSet<Exchange> waiting = new LinkedHashSet<>();
    private int open;

    OpenConnections(Loop loop, int size) {
        this.loop = loop;
        this.size = size;
    }

    /// Finds a connection for a request.
    void take(Exchange exchange) {
        if (open < size) {
            open++;
            if (!Connection.open(loop, exchange, this)) {
                open--;
                loop.soon(this::serveNext);
            }
            return;
        }
        Connection connection = free.poll();
        if (connection != null) {
            connection.ask(exchange);
        } else {
            exchange.heldBy(this);
            waiting.add(exchange);
        }
    }

    @Override
    public void free(Connection connection) {
        if (waiting.isEmpty()) {
            free.add(connection);
        } else {
            connection.ask(waiting.removeFirst());
        }
    }

    @Override
    public void gone(Connection connection, Outcome how) {
        open--;
        free.remove(connection);
        // Not now: the caller is in the middle of another request.
        loop.soon(this::serveNext);
    }

    private void serveNext() {
        if (!waiting.isEmpty()) {
            take(waiting.removeFirst());
        }
    }

    @Override
    public void expired(Exchange late) {
        waiting.remove(late);
        loop.finish(late, Outcome.TIMED_OUT);
    }
}
