package dev.tandem.load;

import dev.tandem.load.Alarms.Alarm;
import dev.tandem.load.http.NotHttp;
import dev.tandem.load.http.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection, from its opening to its end. It carries one request at a time, and sends each
/// exactly once: if the connection breaks, the request is lost and recorded as lost.
///
/// How it ends decides whether the client runs out of ports: the side that closes first keeps its
/// port in TIME_WAIT for a minute. So a request with a connection of its own says `Connection:
/// close`, and after the whole answer the server is given a moment to close first. If it does not,
/// the connection is reset (SO_LINGER 0), which leaves no TIME_WAIT either; nothing is lost,
/// because the answer is complete. A failed connection is reset at once.
final class Connection implements Exchange.Holder {
    private static final long PATIENCE = 100_000_000;
    private static final int READS_AT_ONCE = 16;

    private final Loop loop;
    private final Keeper keeper;
    private final SocketChannel channel;
    private final Wire wire;
    private final SelectionKey key;
    private final long opener;
    private State state = State.OPENING;
    private @Nullable Exchange exchange;
    private Outbox outbox;
    private final @Nullable Streaming streaming;
    private @Nullable Alarm alarm;
    private long connected;

    /// Its state.
    private enum State {
        OPENING,
        BUSY,
        SILENT,
        LEAVING,
        GONE
    }

    /// An operation that can fail as connections do.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, NotHttp;
    }

    private Connection(Loop loop, Exchange exchange, Keeper keeper, SocketChannel channel)
            throws IOException {
        this.loop = loop;
        this.keeper = keeper;
        this.channel = channel;
        this.exchange = exchange;
        this.opener = exchange.planned().number();
        this.outbox = Outbox.of(exchange, loop.target());
        this.streaming = exchange.plan().kind().isStream() ? new Streaming(exchange) : null;
        this.key = loop.register(channel, this);
        this.wire = loop.wire(exchange.plan().kind(), channel);
    }

    /// Opens a connection for a request. False if this machine has no socket left for it; then the
    /// request is over, and the keeper is not told about it again.
    static boolean open(Loop loop, Exchange exchange, Keeper keeper) {
        exchange.sentAt(loop.nanos());
        Connection connection;
        try {
            SocketChannel channel = loop.socket(exchange.plan().kind());
            connection = new Connection(loop, exchange, keeper, channel);
        } catch (IOException e) {
            loop.finish(exchange, Outcome.OWN_FAULT);
            return false;
        }
        exchange.heldBy(connection);
        connection.guarded(connection::begin);
        return true;
    }

    private void begin() throws IOException, NotHttp {
        RequestClass kind = plan().kind();
        long limit = loop.nanos() + plan().connectLimit().toNanos();
        alarm = loop.alarms().set(limit, now -> fail(Outcome.TIMED_OUT));
        channel.connect(loop.address(kind));
        connect();
    }

    /// The selector reported something.
    void ready() {
        guarded(() -> {
            switch (state) {
                case OPENING -> connect();
                case BUSY -> {
                    if (key.isWritable()) {
                        send();
                    }
                    if (state == State.BUSY && key.isReadable()) {
                        receive();
                    }
                }
                case SILENT -> listen();
                case LEAVING -> leave();
                case GONE -> {}
            }
        });
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (NotHttp e) {
            fail(Outcome.NOT_HTTP);
        } catch (IOException e) {
            switch (state) {
                case OPENING -> fail(Failure.connecting(e));
                case BUSY -> fail(Failure.talking(e));
                case SILENT -> lose(Failure.talking(e));
                case LEAVING -> drop();
                case GONE -> {}
            }
        }
    }

    private void connect() throws IOException, NotHttp {
        if (!wire.connect()) {
            key.interestOps(wire.interest());
            return;
        }
        hush();
        connected = loop.nanos();
        loop.countConnection();
        begin(current());
    }

    /// Sends the next request on a connection that was silent.
    void ask(Exchange next) {
        exchange = next;
        outbox = Outbox.of(next, loop.target());
        next.heldBy(this);
        next.sentAt(loop.nanos());
        guarded(() -> begin(next));
    }

    private void begin(Exchange next) throws IOException, NotHttp {
        state = State.BUSY;
        next.connectedAt(connected);
        if (plan().size() > 0) {
            releasePiece();
        } else {
            send();
        }
        Streaming stream = streaming;
        if (stream != null && state == State.BUSY) {
            long due = loop.nanos() + plan().lasting().toNanos();
            alarm = loop.alarms().set(due, now -> guarded(() -> isDue(stream)));
        }
    }

    private void isDue(Streaming stream) throws IOException, NotHttp {
        stream.due(current().response());
        askWhetherItIsThere(stream);
    }

    private void askWhetherItIsThere(Streaming stream) throws IOException, NotHttp {
        if (stream.asks(current().response())) {
            outbox = Outbox.ping();
            send();
        }
    }

    private void releasePiece() throws IOException, NotHttp {
        if (outbox.release()) {
            long pause = plan().lasting().toNanos() / Outbox.PIECES;
            alarm = loop.alarms().set(loop.nanos() + pause, now -> guarded(this::releasePiece));
        }
        send();
    }

    private void send() throws IOException, NotHttp {
        try {
            boolean all = outbox.write(wire);
            key.interestOps(SelectionKey.OP_READ | (all ? 0 : SelectionKey.OP_WRITE));
        } catch (IOException e) {
            // The server may have answered before it hung up: then that answer counts.
            receive();
            if (state == State.BUSY) {
                throw e;
            }
        }
    }

    private void receive() throws IOException, NotHttp {
        for (int reads = 0; reads < READS_AT_ONCE; reads++) {
            if (state != State.BUSY) {
                return;
            }
            ByteBuffer buffer = loop.buffer();
            int allowed = Pace.allowed(current(), loop.nanos(), buffer.capacity());
            if (allowed == 0) {
                pause();
                return;
            }
            int read = wire.read(buffer.limit(allowed));
            if (read <= 0) {
                if (read < 0) {
                    end();
                }
                return;
            }
            take(buffer.flip());
        }
        loop.soon(() -> guarded(this::receiveOn));
    }

    /// Continues after others have had their turn: TLS may hold bytes that no selector sees.
    private void receiveOn() throws IOException, NotHttp {
        if (state == State.BUSY) {
            receive();
        }
    }

    private void pause() {
        hush();
        key.interestOps(0);
        long until = loop.nanos() + Pace.pause(plan());
        alarm =
                loop.alarms()
                        .set(
                                until,
                                now -> {
                                    key.interestOps(SelectionKey.OP_READ);
                                    guarded(this::receive);
                                });
    }

    private void take(ByteBuffer bytes) throws IOException, NotHttp {
        Exchange busy = current();
        busy.byteAt(loop.nanos());
        if (streaming != null) {
            follow(streaming, streaming.came(busy.response(), bytes));
            return;
        }
        busy.response().read(bytes);
        if (busy.response().complete()) {
            answered(bytes.hasRemaining() ? Outcome.WRONG_BODY : busy.judge());
        }
    }

    private void follow(Streaming stream, Optional<Outcome> outcome) throws IOException, NotHttp {
        if (outcome.isPresent()) {
            answered(outcome.get());
        } else {
            askWhetherItIsThere(stream);
        }
    }

    private void end() {
        if (streaming == null && current().response().end()) {
            answered(current().judge());
        } else {
            fail(Outcome.CUT_SHORT);
        }
    }

    private void answered(Outcome outcome) {
        Exchange done = current();
        exchange = null;
        hush();
        boolean whole = outbox.empty() && outcome != Outcome.WRONG_BODY;
        boolean stays = whole && done.planned().keepsOpen() && done.response().head().keepsAlive();
        loop.finish(done, outcome);
        if (stays) {
            state = State.SILENT;
            keeper.free(this);
            return;
        }
        state = State.LEAVING;
        keeper.gone(this, Outcome.CUT_SHORT);
        if (whole) {
            alarm = loop.alarms().set(loop.nanos() + PATIENCE, now -> drop());
            guarded(this::leave);
        } else {
            drop();
        }
    }

    /// Waits for the server to close. Anything it still sends belongs to no request.
    private void leave() throws IOException {
        int read = 1;
        for (int reads = 0; reads < READS_AT_ONCE && read > 0; reads++) {
            read = wire.read(loop.buffer());
        }
        if (read < 0) {
            close();
        }
    }

    /// Watches a silent connection: nothing should happen on it.
    private void listen() throws IOException {
        if (wire.read(loop.buffer()) != 0) {
            lose(Outcome.CUT_SHORT);
        }
    }

    private void lose(Outcome how) {
        drop();
        loop.countLostInSilence();
        keeper.gone(this, how);
    }

    @Override
    public void expired(Exchange late) {
        fail(Outcome.TIMED_OUT);
    }

    private void fail(Outcome outcome) {
        Exchange failed = exchange;
        exchange = null;
        drop();
        if (failed != null) {
            loop.finish(failed, outcome);
            keeper.gone(this, outcome);
        }
    }

    /// Closes it without a word to the peer.
    void drop() {
        try {
            if (channel.isConnected()) {
                channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // It is already broken: all that is left is to close it.
        }
        close();
    }

    private void close() {
        state = State.GONE;
        hush();
        wire.release();
        loop.close(channel);
    }

    private void hush() {
        if (alarm != null) {
            loop.alarms().cancel(alarm);
            alarm = null;
        }
    }

    private Exchange current() {
        if (exchange == null) {
            throw new IllegalStateException("no request in state " + state);
        }
        return exchange;
    }

    private ClassPlan plan() {
        return current().plan();
    }

    /// The number of the request that opened it.
    long opener() {
        return opener;
    }
}
