package dev.tandem.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line about a request in a web server's log.
///
/// Either the server answered (the last fields are `by BALANCER id=ID`), or the program behind it
/// ran (`ran id=ID`): an upload that the web server refuses is answered without having run, and one
/// whose connection breaks later has run without being answered.
///
/// @param id the request's id
/// @param kind what the line reports
/// @param balancer the address of the balancer that sent the request; empty in the program's line
record WebEntry(String id, Kind kind, String balancer) {
    private static final Pattern ANSWERED = Pattern.compile(".* by (\\S+) id=([A-Za-z0-9-]{2,})");
    private static final Pattern RAN = Pattern.compile(".*\\bran id=([A-Za-z0-9-]{2,})\\b.*");

    /// What a line reports.
    enum Kind {
        ANSWERED,
        RAN
    }

    static Optional<WebEntry> parse(String line) {
        Matcher answered = ANSWERED.matcher(line);
        if (answered.matches()) {
            return Optional.of(new WebEntry(answered.group(2), Kind.ANSWERED, answered.group(1)));
        }
        Matcher ran = RAN.matcher(line);
        return ran.matches()
                ? Optional.of(new WebEntry(ran.group(1), Kind.RAN, ""))
                : Optional.empty();
    }
}
