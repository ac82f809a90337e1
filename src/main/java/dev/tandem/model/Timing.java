package dev.tandem.model;

import java.time.Duration;
import java.util.Optional;

/// The times that decide how fast a fault is noticed, and how long clients and web servers may
/// take. All defaults follow from how long a takeover may take ({@link #within}), and from what the
/// web servers are ({@link Patience}).
///
/// @param advert VRRP's advertisement interval; a dead master is replaced after 3 × advert + skew
///   (RFC 9568, section 6.1, Active_Down_Interval)
/// @param check how often a balancer asks each web server
/// @param checkFast the same while a server's state is changing
/// @param checkLimit how long an answer to a check may take
/// @param fall failed checks in a row until a web server leaves rotation
/// @param rise good checks in a row until it is back
/// @param connect how long a connection to a web server may take
/// @param httpRequest how long a client may take to send the head of a request
/// @param client how long a client may be silent in the middle of a request or an answer
/// @param server how long a web server may be silent while it owes an answer; empty: see {@link
///   Patience}
/// @param tunnel how long a WebSocket may be silent on both sides
/// @param gone how long the kernel of an existing server may leave packets unanswered until its
///   open connections are ended
/// @param silent how long an existing server may take connections and answer nothing until its open
///   connections are ended
/// @param queue how long a request may wait for a web server that is full
public record Timing(
        Duration advert,
        Duration check,
        Duration checkFast,
        Duration checkLimit,
        int fall,
        int rise,
        Duration connect,
        Duration httpRequest,
        Duration client,
        Optional<Duration> server,
        Duration tunnel,
        Duration gone,
        Duration silent,
        Duration queue) {
    /// The usual wait for a web server that is full.
    public static final Duration QUEUE = Duration.ofSeconds(5);

    /// Times where nobody waits longer than usual for a web server that is full.
    public Timing(
            Duration advert,
            Duration check,
            Duration checkFast,
            Duration checkLimit,
            int fall,
            int rise,
            Duration connect,
            Duration httpRequest,
            Duration client,
            Optional<Duration> server,
            Duration tunnel,
            Duration gone,
            Duration silent) {
        this(
                advert,
                check,
                checkFast,
                checkLimit,
                fall,
                rise,
                connect,
                httpRequest,
                client,
                server,
                tunnel,
                gone,
                silent,
                QUEUE);
    }

    /// A takeover within 0.16 s: adverts every 50 ms, checks every 200 ms.
    public static final Duration FAST = Duration.ofMillis(160);

    /// A takeover within 3.1 s: adverts every second, checks every 2 s, as is usual on busy
    /// machines and long lines.
    public static final Duration STEADY = Duration.ofMillis(3100);

    /// The shortest takeover that can be asked for: VRRP version 3 sends its interval in hundredths
    /// of a second (RFC 9568, section 5.2.7).
    public static final Duration SHORTEST = Duration.ofMillis(40);

    /// The longest takeover that can be asked for.
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration HTTP_REQUEST = Duration.ofSeconds(10);
    private static final Duration CLIENT = Duration.ofSeconds(60);
    private static final Duration TUNNEL = Duration.ofHours(1);
    private static final Duration SILENT = Duration.ofMinutes(5);

    /// The times of a site that does not set any.
    public static final Timing DEFAULT = within(FAST);

    /// The hundredth of a second that VRRP counts in.
    private static final long TICK = 10;

    /// The times for a takeover within this limit.
    ///
    /// ```
    /// advert      takeover / 3.1, in whole hundredths of a second: three adverts and the skew
    /// check       takeover × 1.25, 0.1 s to 2 s     checkLimit  the same and 0.15 s
    /// checkFast   half of it                        connect     takeover × 1.5, 0.25 s to 1 s
    /// gone        takeover × 3, 3 s to 30 s
    /// ```
    ///
    /// The 0.15 s allow for a machine without a spare processor, where Nginx was seen to take 0.24
    /// s to answer a check (`bench/throughput`, new HTTPS connections, 2 processors).
    ///
    /// @throws IllegalArgumentException when the limit is not between {@link #SHORTEST} and {@link
    ///   #LONGEST}
    public static Timing within(Duration takeover) {
        return within(takeover, new CheckLoad(0, 0));
    }

    /// The same for many web servers: they are checked less often ({@link CheckLoad}).
    public static Timing within(Duration takeover, CheckLoad load) {
        if (takeover.compareTo(SHORTEST) < 0 || takeover.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("takeover: " + takeover);
        }
        long millis = takeover.toMillis();
        long check = Math.clamp(millis * 5 / 4, 100, 2000);
        return new Timing(
                Duration.ofMillis(millis * 10 / 31 / TICK * TICK),
                load.paced(Duration.ofMillis(check)),
                load.hurried(Duration.ofMillis(check / 2)),
                Duration.ofMillis(check + 150),
                2,
                2,
                Duration.ofMillis(Math.clamp(millis * 3 / 2, 250, 1000)),
                HTTP_REQUEST,
                CLIENT,
                Optional.empty(),
                TUNNEL,
                Duration.ofMillis(Math.clamp(millis * 3, 3000, 30_000)),
                SILENT);
    }
}
