package dev.tandem.load;

import dev.tandem.load.http.Buffers;
import dev.tandem.load.http.PlainWire;
import dev.tandem.load.http.TlsEngines;
import dev.tandem.load.http.TlsWire;
import dev.tandem.load.http.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// One thread with a selector, which does all the work for its classes. In every turn it first
/// sends what is due, then serves the connections, then rings the alarms; between two connections
/// it sends whatever has become due.
///
/// Only the selector waits. It counts in milliseconds, so a request leaves up to one millisecond
/// late; how late each one was is counted ({@link Punctuality}).
final class Loop implements Runnable {
    private static final long MILLISECOND = 1_000_000;
    private static final long NAP = 100_000;
    private static final long LONGEST_SLEEP = 50 * MILLISECOND;
    private static final int BUFFER = 64 << 10;

    /// The most that a slow reader's socket buffers: otherwise the kernel would read fast for it.
    private static final int SLOW_BUFFER = 64 << 10;

    private final Shared shared;
    private final Set<RequestClass> kinds;
    private final Schedule schedule;
    private final Selector selector;
    private final Alarms alarms;
    private final TlsEngines tls;
    private final InetSocketAddress http;
    private final InetSocketAddress https;
    private final Buffers buffers = new Buffers();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private final Map<RequestClass, OpenConnections> pools = new EnumMap<>(RequestClass.class);
    private final Clients clients = new Clients();
    private final Silences silences = new Silences(this);
    private final LagHistogram lags = new LagHistogram();
    private final LagHistogram notices = new LagHistogram();
    private int active;
    private long awake;
    private long looked;
    private long longestStall;
    private long ownFaults;
    private long connections;
    private long lostInSilence;

    /// @param kinds the classes that this thread sends
    Loop(Shared shared, Set<RequestClass> kinds) throws IOException {
        this.shared = shared;
        this.kinds = kinds;
        this.schedule = new Schedule(shared.plan(), kinds::contains);
        this.alarms = new Alarms(shared.clock().nanos());
        Target target = shared.plan().target();
        this.tls = new TlsEngines(target.authorities(), target.host());
        this.http = new InetSocketAddress(target.address(), target.httpPort());
        this.https = new InetSocketAddress(target.address(), target.httpsPort());
        for (ClassPlan one : shared.plan().classes()) {
            if (one.kind().isKept()) {
                pools.put(one.kind(), new OpenConnections(this, one.connections()));
            }
        }
        this.awake = nanos();
        this.looked = awake;
        this.selector = Selector.open();
    }

    @Override
    public void run() {
        try (selector) {
            while (!shared.aborted() && !over()) {
                turn();
            }
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).drop();
            }
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        }
    }

    private boolean over() {
        return active == 0 && schedule.next(shared.end()) == Long.MAX_VALUE;
    }

    private void turn() throws IOException {
        long asleep = nanos();
        long sleep = patience(asleep);
        if (sleep <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, sleep / MILLISECOND));
        }
        long before = awake;
        awake = nanos();
        looked = awake;
        // What came while the selector slept came when it awoke; what was already there may have
        // come at any time since the last look.
        long since = awake - asleep > NAP ? awake : before;
        sendDue();
        Set<SelectionKey> ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            if (key.isValid()) {
                ((Connection) key.attachment()).ready();
                notices.add(nanos() - since);
            }
            sendDue();
        }
        boolean overslept = ready.isEmpty();
        ready.clear();
        // Last, so that an answer that arrived in time is not late because this thread was.
        alarms.ring(awake);
        for (int i = soon.size(); i > 0; i--) {
            soon.remove().run();
        }
        sendDue();
        if (overslept) {
            stalled(awake - asleep - Math.max(MILLISECOND, sleep));
        }
    }

    private void stalled(long time) {
        longestStall = Math.max(longestStall, time);
    }

    private long patience(long now) {
        if (!soon.isEmpty()) {
            return 0;
        }
        long next = schedule.next(shared.end());
        long idle = next == Long.MAX_VALUE ? next : next - now;
        return Math.min(idle, Math.min(alarms.patience(), LONGEST_SLEEP));
    }

    private void sendDue() {
        long now = nanos();
        stalled(now - looked);
        looked = now;
        long horizon = shared.horizon();
        while (schedule.next(horizon) != Long.MAX_VALUE) {
            send(schedule.take());
        }
    }

    private void send(Planned planned) {
        long now = nanos();
        lags.add(now - planned.nanos());
        boolean sticky = planned.plan().kind() == RequestClass.STICKY;
        String cookie = sticky ? clients.cookie(planned) : "";
        Exchange exchange = new Exchange(planned, shared.plan().id(planned.number()), cookie);
        if (!shared.enter()) {
            shared.records().add(exchange.record(Outcome.SHED, now));
            silences.forget(planned.follows());
            return;
        }
        active++;
        exchange.expireAt(now + planned.plan().limit().toNanos(), alarms);
        RequestClass kind = planned.plan().kind();
        switch (kind) {
            case NEW_HTTP, NEW_HTTPS, SLOW, UPLOAD, STICKY, EVENTS, WEBSOCKET ->
                    Connection.open(this, exchange, Keeper.NOBODY);
            case KEPT_HTTP, KEPT_HTTPS -> pool(kind).take(exchange);
            case IDLE -> silences.speak(exchange);
        }
    }

    private OpenConnections pool(RequestClass kind) {
        OpenConnections pool = pools.get(kind);
        if (pool == null) {
            throw new IllegalStateException("no pool for " + kind);
        }
        return pool;
    }

    /// A request is over.
    void finish(Exchange exchange, Outcome outcome) {
        exchange.settle(alarms);
        active--;
        shared.exit();
        if (outcome == Outcome.OWN_FAULT) {
            ownFaults++;
        }
        if (exchange.plan().kind() == RequestClass.STICKY && exchange.response().headRead()) {
            clients.given(exchange.planned(), exchange.response().head().cookie());
        }
        shared.records().add(exchange.record(outcome, nanos()));
    }

    /// Runs something later in this turn or early in the next.
    void soon(Runnable action) {
        soon.add(action);
    }

    SocketChannel socket(RequestClass kind) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (kind == RequestClass.SLOW) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SLOW_BUFFER);
        }
        return channel;
    }

    SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
        return channel.register(selector, 0, connection);
    }

    Wire wire(RequestClass kind, SocketChannel channel) {
        return kind.isTls() ? new TlsWire(channel, tls.engine(), buffers) : new PlainWire(channel);
    }

    void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to save: the request already has its outcome.
        }
    }

    InetSocketAddress address(RequestClass kind) {
        return kind.isTls() ? https : http;
    }

    Target target() {
        return shared.plan().target();
    }

    long nanos() {
        return shared.clock().nanos();
    }

    Alarms alarms() {
        return alarms;
    }

    /// An empty buffer for reading; its content is valid only until the next call.
    ByteBuffer buffer() {
        return buffer.clear();
    }

    void countConnection() {
        connections++;
    }

    void countLostInSilence() {
        lostInSilence++;
    }

    /// Wakes the selector.
    void wake() {
        selector.wakeup();
    }

    /// Releases its resources if it will never run.
    void discard() throws IOException {
        selector.close();
    }

    /// Its counts, after its end.
    Tally tally() {
        return new Tally(lags, notices, longestStall, ownFaults, connections, lostInSilence);
    }

    @Override
    public String toString() {
        return "load " + kinds;
    }
}
