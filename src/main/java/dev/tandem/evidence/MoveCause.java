package dev.tandem.evidence;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a balancer gave the VIP up, as a line of its own init says it
/// (images/balancer/lib/Balancer.pm).
///
/// @param kind one word for it, for programs
/// @param words what happened there: `HAProxy ended (signal 9)`
/// @param at when it happened, which may be before it was logged
/// @param line the line that says it
public record MoveCause(Kind kind, String words, Instant at, Said line) {

    /// The kinds of causes.
    public enum Kind {
        /// The first balancer of a site that had none took it.
        START,
        /// HAProxy or Keepalived ended.
        ENDED,
        /// HAProxy did not answer, or Keepalived did nothing.
        HANGS,
        /// The balancer, or its Keepalived, got no processor or was paused.
        STANDSTILL,
        /// It saw no web server any more.
        NO_SERVER,
        /// Clients did not reach one of its listeners.
        LISTENER,
        /// An operator asked for it, or a change did.
        ORDER,
        /// Its container was stopped in order.
        STOPPED,
        /// Its interface on the LAN was gone.
        LAN,
        /// Somebody else wrote the VIP on it, or sent adverts of a higher priority.
        OUTBID,
        /// A balancer that comes first can hold it again.
        RETURN,
        /// It said nothing more: its container ended, or its machine.
        SILENT,
        /// It goes on, and held the VIP as well: the two did not hear each other.
        CUT
    }

    /// @param words with the groups of the pattern, as of {@link String#format}
    private record Rule(Kind kind, Pattern line, String words) {
        static Rule of(Kind kind, String line, String words) {
            return new Rule(kind, Pattern.compile("init: " + line), words);
        }
    }

    private static final List<Rule> GIVEN_UP =
            List.of(
                    Rule.of(Kind.ORDER, "duty: \\w+ -> (yield|maintenance)", "was told: %s"),
                    Rule.of(Kind.STOPPED, "\\w+ -> demoting", "was told to stop"),
                    Rule.of(Kind.ENDED, "haproxy ended at \\S+: (.*)", "HAProxy ended (%s)"),
                    Rule.of(Kind.ENDED, "keepalived ended at \\S+: (.*)", "Keepalived ended (%s)"),
                    Rule.of(Kind.HANGS, "haproxy_down=1", "HAProxy did not answer"),
                    Rule.of(Kind.HANGS, "keepalived hangs: (.*)", "Keepalived hung (%s)"),
                    Rule.of(
                            Kind.STANDSTILL,
                            "this balancer did not run for (.*)",
                            "did not run for %s"),
                    Rule.of(
                            Kind.STANDSTILL,
                            "keepalived did not run for (.*)",
                            "Keepalived did not run for %s"),
                    Rule.of(Kind.NO_SERVER, "servers_(?:unseen|down)=1", "saw no web server"),
                    Rule.of(
                            Kind.LISTENER,
                            "clients do not reach (.*) here; .*",
                            "clients did not reach %s"),
                    Rule.of(
                            Kind.LISTENER,
                            "\\S+ works, and does not reach (.*) here",
                            "its peer did not reach %s"),
                    Rule.of(Kind.LAN, "no interface holds \\S+ any more", "its LAN was gone"),
                    Rule.of(Kind.LAN, "VRRP FAULT", "its LAN was down (VRRP FAULT)"));

    private static final List<Rule> ABLE_AGAIN =
            List.of(
                    Rule.of(Kind.ORDER, "duty: (?:yield|maintenance) -> serve", "was told: serve"),
                    Rule.of(Kind.RETURN, "\\w+ -> running", "is back"),
                    Rule.of(Kind.RETURN, "haproxy_down=0", "its HAProxy answers again"),
                    Rule.of(Kind.RETURN, "servers_(?:unseen|down)=0", "sees a web server again"),
                    Rule.of(Kind.RETURN, "listener_down=0", "clients reach its listeners again"),
                    Rule.of(Kind.RETURN, "keepalived started.*", "its Keepalived runs again"));

    private static final Pattern ENDED = Pattern.compile("init: \\w+ ended at (\\S+): .*");
    private static final Pattern STOOD =
            Pattern.compile("init: [\\w ]+ did not run for (\\d{1,6}(?:\\.\\d{1,3})?) s");

    /// What a line of a balancer says of why it gives the VIP up; empty when nothing.
    static Optional<MoveCause> givenUp(Said line) {
        return cause(GIVEN_UP, line);
    }

    /// What a line of a balancer says of why it can hold the VIP again; empty when nothing.
    static Optional<MoveCause> ableAgain(Said line) {
        return cause(ABLE_AGAIN, line);
    }

    private static Optional<MoveCause> cause(List<Rule> rules, Said line) {
        for (Rule rule : rules) {
            Matcher match = rule.line().matcher(line.text());
            if (match.matches()) {
                String words =
                        match.groupCount() == 0
                                ? rule.words()
                                : rule.words().formatted(match.group(1));
                return Optional.of(new MoveCause(rule.kind(), words, begun(line), line));
            }
        }
        return Optional.empty();
    }

    /// When what a line speaks of began. The end of a program carries its own time; a standstill is
    /// logged when it is over.
    private static Instant begun(Said line) {
        Matcher ended = ENDED.matcher(line.text());
        if (ended.matches()) {
            try {
                return Instant.parse(ended.group(1));
            } catch (DateTimeParseException e) {
                return line.at();
            }
        }
        Matcher stood = STOOD.matcher(line.text());
        return stood.matches() ? line.at().minus(seconds(stood.group(1))) : line.at();
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
    }
}
