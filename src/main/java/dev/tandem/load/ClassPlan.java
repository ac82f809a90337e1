package dev.tandem.load;

import java.time.Duration;

/// How the requests of one class are made.
///
/// @param kind the class
/// @param weight its share of the arrivals, against the weights of the other classes
/// @param path what to request: path and query
/// @param connectLimit how long a connection may take to open, TLS handshake included
/// @param limit how long the request may take in all, from the moment the generator took it up
/// @param lasting SLOW: how long the download is stretched; UPLOAD: how long the body takes to
///   leave; IDLE: how long the connection is silent; EVENTS and WEBSOCKET: how long it stays open;
///   zero for the others
/// @param size UPLOAD: the size of the body in bytes
/// @param connections KEPT_HTTP and KEPT_HTTPS: the number of connections in the pool
/// @param body the expected body of a good answer
public record ClassPlan(
        RequestClass kind,
        int weight,
        String path,
        Duration connectLimit,
        Duration limit,
        Duration lasting,
        int size,
        int connections,
        BodyCheck body) {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// The kernel gives up on a connection by itself after about two minutes; that must not look
    /// like a refusal.
    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);

    public ClassPlan {
        String name = kind.name();
        Check.within(name + ": weight", weight, 1, 1000);
        Check.matches(name + ": path", path, "/[!-~]{0,1000}");
        Check.within(name + ": connectLimit", connectLimit, MOMENT, LONGEST_CONNECT);
        Check.within(name + ": limit", limit, MOMENT, LONGEST);
        Check.within(name + ": lasting", lasting, Duration.ZERO, LONGEST);
        Check.within(name + ": size", size, 0, 1 << 30);
        Check.within(name + ": connections", connections, 1, 4000);
        boolean inTheLimit =
                kind == RequestClass.SLOW || kind == RequestClass.UPLOAD || kind.isStream();
        if (inTheLimit && lasting.compareTo(limit) >= 0) {
            throw new IllegalArgumentException(
                    "%s: lasting: %s is not below the limit %s".formatted(name, lasting, limit));
        }
    }

    /// Usual values for a class: 2 s to connect, 5 s for an answer (10 s for a slow one), downloads
    /// of 3 s, uploads of 64 KiB in half a second, silences of 5 s, streams of 6 s, 16 kept
    /// connections.
    public static ClassPlan of(RequestClass kind, int weight) {
        Duration lasting =
                switch (kind) {
                    case NEW_HTTP, NEW_HTTPS, KEPT_HTTP, KEPT_HTTPS, STICKY -> Duration.ZERO;
                    case SLOW -> Duration.ofSeconds(3);
                    case UPLOAD -> Duration.ofMillis(500);
                    case IDLE -> Duration.ofSeconds(5);
                    case EVENTS, WEBSOCKET -> Duration.ofSeconds(6);
                };
        boolean isLong = kind == RequestClass.SLOW || kind.isStream();
        return new ClassPlan(
                kind,
                weight,
                "/",
                Duration.ofSeconds(2),
                Duration.ofSeconds(isLong ? 10 : 5),
                lasting,
                kind == RequestClass.UPLOAD ? 64 << 10 : 0,
                16,
                new BodyCheck.Anything());
    }

    /// The same for another path.
    public ClassPlan asking(String other) {
        return new ClassPlan(
                kind, weight, other, connectLimit, limit, lasting, size, connections, body);
    }

    /// The same with other limits.
    public ClassPlan within(Duration toConnect, Duration inAll) {
        return new ClassPlan(
                kind, weight, path, toConnect, inAll, lasting, size, connections, body);
    }

    /// The same with another duration.
    public ClassPlan lasting(Duration other) {
        return new ClassPlan(
                kind, weight, path, connectLimit, limit, other, size, connections, body);
    }

    /// The same with another size of the uploaded body.
    public ClassPlan uploading(int bytes) {
        return new ClassPlan(
                kind, weight, path, connectLimit, limit, lasting, bytes, connections, body);
    }

    /// The same with another number of kept connections.
    public ClassPlan over(int pool) {
        return new ClassPlan(kind, weight, path, connectLimit, limit, lasting, size, pool, body);
    }

    /// The same, expecting another body.
    public ClassPlan expecting(BodyCheck other) {
        return new ClassPlan(
                kind, weight, path, connectLimit, limit, lasting, size, connections, other);
    }

    /// The plan on one line, for the history.
    String describe() {
        return "%s weight=%d path=%s connect=%s limit=%s lasting=%s size=%d connections=%d body=%s"
                .formatted(
                        kind,
                        weight,
                        path,
                        connectLimit,
                        limit,
                        lasting,
                        size,
                        connections,
                        switch (body) {
                            case BodyCheck.Anything() -> "any";
                            case BodyCheck.Fixed(long length, long crc) ->
                                    "%d:%08x".formatted(length, crc);
                            case BodyCheck.Echo() -> "id";
                        });
    }
}
