package dev.tandem.model;

import java.time.Duration;
import java.util.List;

/// How long the web servers of a pool may take. Whether one is slow or dead follows from what it
/// is: an Nginx of Tandem's serves files and answers at once; an existing server runs somebody's
/// program, which may compute for a minute, and while it does, may not even answer its checks.
///
/// @param server how long one may be silent while it owes an answer
/// @param tunnel how long a WebSocket may be silent on both sides
/// @param gone how long the kernel of an existing server may leave packets unanswered until its
///   open connections are ended
/// @param silent how long an existing server may take connections and answer nothing until its open
///   connections are ended
/// @param mayBeSlow whether one of them is an existing server
public record Patience(
        Duration server, Duration tunnel, Duration gone, Duration silent, boolean mayBeSlow) {
    /// What an Nginx may take to answer.
    private static final Duration NGINX = Duration.ofSeconds(60);

    /// What somebody's program may take. Of 65 public configurations of HAProxy, 16 allow more than
    /// a minute.
    private static final Duration PROGRAM = Duration.ofMinutes(5);

    /// The patience with these servers, where the site's times say nothing else.
    static Patience of(Timing timing, List<Server> servers) {
        boolean slow = servers.stream().anyMatch(one -> one instanceof Server.Existing);
        return new Patience(
                timing.server().orElse(slow ? PROGRAM : NGINX),
                timing.tunnel(),
                timing.gone(),
                timing.silent(),
                slow);
    }
}
