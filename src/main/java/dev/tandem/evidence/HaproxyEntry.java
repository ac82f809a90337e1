package dev.tandem.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request in HAProxy's log, as `option httplog` writes it (HAProxy 3.0 configuration manual,
/// 8.2.3), with the captured `X-Tandem-Id`, or as JSON (`log_format` in the site file).
///
/// @param id the request's id
/// @param server the web server it was given to; `<NOSRV>` for none
/// @param status the status sent to the client; -1 if none was sent
/// @param state how the session ended (manual, 8.5): the first letter says who ended it, the second
///   in which phase
public record HaproxyEntry(String id, String server, int status, String state) {
    private static final Pattern LINE =
            Pattern.compile(
                    // client [time] frontend backend/server timers status bytes
                    "\\S+:\\d+ \\[[^]]+\\] \\S+ [^/ ]+/(\\S+) [-+\\d/]+ (-?\\d+) \\+?\\d+ "
                            // cookies, state, connections, queues, captured headers
                            + "\\S+ \\S+ (\\S{4}) [-+\\d/]+ [-+\\d/]+ \\{([^}|]*)[^}]*\\}.*");

    private static final Pattern JSON =
            Pattern.compile(
                    "\\{\"time\": \"[^\"]*\", \"frontend\": \"[^\"]*\", \"backend\": \"[^\"]*\","
                            + " \"server\": \"([^\"]+)\", \"status\": (-?\\d+),"
                            + " \"state\": \"([^\"]{4})\", \"id\": \"([^\"\\\\]*)\", .*\\}");

    /// Parses a line; empty if it is not a request of a drill.
    static Optional<HaproxyEntry> parse(String line) {
        Matcher matcher = (line.startsWith("{") ? JSON : LINE).matcher(line);
        return matcher.matches() && !matcher.group(4).isEmpty()
                ? Optional.of(
                        new HaproxyEntry(
                                matcher.group(4),
                                matcher.group(1),
                                Integer.parseInt(matcher.group(2)),
                                matcher.group(3)))
                : Optional.empty();
    }

    /// Whether it was given to a web server.
    boolean reachedServer() {
        return !server.startsWith("<");
    }
}
