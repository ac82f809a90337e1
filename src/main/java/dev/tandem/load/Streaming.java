package dev.tandem.load;

import dev.tandem.load.http.Frames;
import dev.tandem.load.http.NotHttp;
import dev.tandem.load.http.ResponseParser;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An answer that has no end: a stream of events, or a WebSocket. It is good when its time is over
/// and the other end shows after that that it is still there; one that ends before was cut.
final class Streaming {
    private final boolean isSocket;
    private final Frames frames = new Frames();
    private boolean due;
    private boolean pinged;
    private long before;

    /// @param exchange the request for it
    Streaming(Exchange exchange) {
        isSocket = exchange.plan().kind() == RequestClass.WEBSOCKET;
        if (isSocket) {
            exchange.response().allowUpgrade();
        }
    }

    /// Its time is over: what comes from now on shows that it goes on.
    void due(ResponseParser response) {
        due = true;
        before = response.bytes();
    }

    /// Whether it is time to ask a WebSocket whether it is there; once.
    boolean asks(ResponseParser response) {
        boolean asks = due && !pinged && response.upgraded();
        pinged |= asks;
        return asks;
    }

    /// What comes of these bytes; empty while it goes on.
    Optional<Outcome> came(ResponseParser response, ByteBuffer bytes) throws NotHttp {
        response.read(bytes);
        if (response.upgraded()) {
            frames.read(bytes);
            return frames.closed()
                    ? Optional.of(Outcome.CUT_SHORT)
                    : good(pinged && frames.ponged());
        }
        if (response.headRead() && response.head().status() >= 400) {
            return Optional.of(Outcome.HTTP_ERROR);
        }
        if (response.complete()) {
            return Optional.of(isSocket ? Outcome.WRONG_BODY : Outcome.CUT_SHORT);
        }
        return good(!isSocket && due && response.bytes() > before);
    }

    private static Optional<Outcome> good(boolean shown) {
        return shown ? Optional.of(Outcome.OK) : Optional.empty();
    }
}
