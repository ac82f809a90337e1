package dev.tandem.load;

import dev.tandem.load.Alarms.Alarm;
import dev.tandem.load.http.ResponseHead;
import dev.tandem.load.http.ResponseParser;
import org.jspecify.annotations.Nullable;

/// A planned request in flight, from the moment the generator took it up until its outcome.
final class Exchange {
    private final Planned planned;
    private final String id;
    private final String cookie;
    private final ResponseParser response = new ResponseParser();
    private @Nullable Alarm deadline;
    private Holder holder = late -> {};
    private long sent = -1;
    private long connected = -1;
    private long firstByte = -1;

    /// Holds the request now, and ends it when its time is up.
    @FunctionalInterface
    interface Holder {
        void expired(Exchange late);
    }

    /// @param id the value of its `X-Tandem-Id`
    /// @param cookie what it shows; empty: nothing
    Exchange(Planned planned, String id, String cookie) {
        this.planned = planned;
        this.id = id;
        this.cookie = cookie;
    }

    /// Sets its deadline.
    void expireAt(long time, Alarms alarms) {
        deadline = alarms.set(time, now -> holder.expired(this));
    }

    /// Cancels its deadline.
    void settle(Alarms alarms) {
        if (deadline != null) {
            alarms.cancel(deadline);
        }
    }

    void heldBy(Holder other) {
        holder = other;
    }

    void sentAt(long time) {
        sent = time;
    }

    void connectedAt(long time) {
        connected = time;
    }

    void byteAt(long time) {
        if (firstByte < 0) {
            firstByte = time;
        }
    }

    Planned planned() {
        return planned;
    }

    ClassPlan plan() {
        return planned.plan();
    }

    String id() {
        return id;
    }

    String cookie() {
        return cookie;
    }

    long sent() {
        return sent;
    }

    ResponseParser response() {
        return response;
    }

    /// The outcome of a complete answer.
    Outcome judge() {
        if (response.head().status() >= 400) {
            return Outcome.HTTP_ERROR;
        }
        return plan().body().accepts(id, response.bytes(), response.crc())
                ? Outcome.OK
                : Outcome.WRONG_BODY;
    }

    RequestRecord record(Outcome outcome, long done) {
        ResponseHead head = response.head();
        boolean answered = response.headRead();
        return new RequestRecord(
                plan().kind(),
                id,
                planned.nanos(),
                sent,
                connected,
                firstByte,
                done,
                outcome,
                answered ? head.status() : 0,
                response.bytes(),
                answered ? head.server() : "",
                answered ? head.balancer() : "");
    }
}
