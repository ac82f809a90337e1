package dev.tandem.load;

import java.util.HashMap;
import java.util.Map;

/// The IDLE connections that have sent one request and are now silent, by the number of the request
/// that opened them. If one is lost meanwhile, the request that would have used it next is lost; if
/// its first request failed, or the server announced that it would close, a new one is opened.
final class Silences implements Keeper {
    private final Loop loop;
    private final Map<Long, Connection> silent = new HashMap<>();
    private final Map<Long, Outcome> lost = new HashMap<>();

    Silences(Loop loop) {
        this.loop = loop;
    }

    /// Sends the first or second request of a connection.
    void speak(Exchange exchange) {
        long opener = exchange.planned().follows();
        Connection connection = silent.remove(opener);
        Outcome loss = lost.remove(opener);
        if (connection != null) {
            connection.ask(exchange);
        } else if (loss != null) {
            loop.finish(exchange, loss);
        } else {
            Connection.open(loop, exchange, this);
        }
    }

    /// Gives a connection up, because its second request was shed.
    void forget(long opener) {
        Connection connection = silent.remove(opener);
        lost.remove(opener);
        if (connection != null) {
            connection.drop();
        }
    }

    @Override
    public void free(Connection connection) {
        silent.put(connection.opener(), connection);
    }

    @Override
    public void gone(Connection connection, Outcome how) {
        if (silent.remove(connection.opener()) != null) {
            lost.put(connection.opener(), how);
        }
    }
}
