package dev.tandem.evidence;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What happened, in order, on one clock: that of the requests.
///
/// The nodes' times are those at which Docker received their lines; on one machine that is the same
/// clock, some tenths of a millisecond late, and more when the processors are full. The end of a
/// program, from which a takeover counts, carries its own time in its line.
///
/// @param events in the order of their times
public record Timeline(List<Event> events) {
    private static final Pattern INIT_VRRP =
            Pattern.compile("init: VRRP (MASTER|BACKUP|FAULT|DOWN)");

    /// Keepalived's own words (vrrp_scheduler.c): `(VI_1) Entering MASTER STATE`.
    private static final Pattern KEEPALIVED =
            Pattern.compile(".*\\((\\S+)\\) Entering (MASTER|BACKUP|FAULT) STATE.*");

    private static final Pattern PROGRAM =
            Pattern.compile(
                    "init: ((?:haproxy|keepalived) (?:started|ended).*|\\w+=[01]|\\w+ -> \\w+"
                            + "|(?:this balancer|keepalived) did not run for .*)");

    /// With the moment at which the init saw it; the line may be read later.
    private static final Pattern ENDED =
            Pattern.compile(
                    "(\\w+ ended) at (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)(: .*)");

    /// HAProxy's own words (check.c): `Server web/web-a is DOWN, reason: Layer4 timeout, ...`.
    private static final Pattern CHECK =
            Pattern.compile(".*Server (\\S+) is (UP|DOWN)(?:, reason: ([^,]+))?.*");

    public Timeline {
        events = events.stream().sorted(Comparator.comparingLong(Event::at)).toList();
    }

    /// Combines what is known.
    public static Timeline of(
            Scene scene,
            List<RequestRecord> records,
            List<NodeLog> logs,
            EngineLog engine,
            Owners owners) {
        List<Event> events = new ArrayList<>(engine.events());
        scene.moments().forEach((moment, at) -> events.add(drill(moment, at)));
        logs.stream()
                .filter(log -> log.node().role() == Witness.Role.BALANCER)
                .forEach(log -> events.addAll(ofBalancer(log, scene.zero())));
        owners.spans().forEach(span -> events.add(owner(span)));
        scene.begun().ifPresent(injecting -> events.addAll(clients(records, injecting)));
        return new Timeline(events);
    }

    /// The same with further events.
    public Timeline with(List<Event> others) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(others);
        return new Timeline(all);
    }

    /// The first moment after another at which, by Keepalived's own words, one of these nodes
    /// became master.
    Optional<Long> mastered(List<Witness> nodes, long after) {
        List<String> names = nodes.stream().map(Witness::name).toList();
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.VRRP && event.at() >= after)
                .filter(event -> event.text().equals("MASTER") && names.contains(event.node()))
                .map(Event::at)
                .findFirst();
    }

    /// The first moment after another at which one of these nodes answered ARP for the VIP.
    Optional<Long> owned(List<Witness> nodes, long after) {
        List<String> names = nodes.stream().map(Witness::name).toList();
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.OWNER && event.at() >= after)
                .filter(event ->
                        List.of(event.text().split(" and ")).stream().anyMatch(names::contains))
                .map(Event::at)
                .findFirst();
    }

    /// The moment at which another balancer than the master had the VIP: by Keepalived's own words
    /// or, where it logs none, by the answers to ARP.
    public Optional<Long> moved(Scene scene) {
        List<Witness> peers = scene.balancers().stream().skip(1).toList();
        return scene.begun().flatMap(begun -> mastered(peers, begun).or(() -> owned(peers, begun)));
    }

    /// The moment at which the fault struck, from which all times of a report count: its first
    /// trace in the events of the engine or the log of a balancer's init while it was injected.
    ///
    /// Without a trace it is the moment before the injection, which is never too late. So it is if
    /// a Keepalived changed its state before the trace, which may be written down late. A change
    /// strikes with its first command. Empty if nothing was done.
    public Optional<Long> struck(Scene scene) {
        return scene.begun().map(begun -> trace(scene).orElse(begun));
    }

    private Optional<Long> trace(Scene scene) {
        long from = scene.at(Scene.Moment.INJECTING).orElse(Long.MAX_VALUE);
        long to = scene.at(Scene.Moment.INJECTED).orElse(from);
        return events.stream()
                .filter(event -> event.at() >= from && event.at() <= to)
                .filter(event -> isTrace(event) || event.kind() == Event.Kind.VRRP)
                .findFirst()
                .filter(Timeline::isTrace)
                .map(Event::at);
    }

    private static boolean isTrace(Event event) {
        return switch (event.kind()) {
            case ENGINE -> true;
            case PROGRAM -> event.text().contains(" ended");
            case DRILL, CLIENT, VRRP, OWNER, CHECK -> false;
        };
    }

    private static Event drill(Scene.Moment moment, long at) {
        String text =
                switch (moment) {
                    case INJECTING -> "the fault is being injected";
                    case INJECTED -> "the injection is complete";
                    case HEALING -> "it is being healed";
                    case HEALED -> "it is healed";
                    case CHANGING -> "the change begins";
                    case CHANGED -> "the change is done";
                    case NORMAL -> "all is well again";
                    case ENDED -> "the recording ends";
                };
        return new Event(at, Event.Kind.DRILL, "", text);
    }

    private static List<Event> ofBalancer(NodeLog log, Instant zero) {
        boolean ours = log.lines().stream().anyMatch(line -> line.text().startsWith("init: "));
        String node = log.node().name();
        List<Event> events = new ArrayList<>();
        for (NodeLog.Line line : log.lines()) {
            Matcher vrrp = (ours ? INIT_VRRP : KEEPALIVED).matcher(line.text());
            Matcher program = PROGRAM.matcher(line.text());
            Matcher check = CHECK.matcher(line.text());
            if (vrrp.matches()) {
                String state = vrrp.group(vrrp.groupCount());
                events.add(new Event(line.at(), Event.Kind.VRRP, node, state));
            } else if (program.matches()) {
                events.add(ofProgram(line.at(), node, program.group(1), zero));
            } else if (check.matches()) {
                events.add(new Event(line.at(), Event.Kind.CHECK, node, check(check)));
            }
        }
        return events;
    }

    private static Event ofProgram(long read, String node, String text, Instant zero) {
        Matcher ended = ENDED.matcher(text);
        if (!ended.matches()) {
            return new Event(read, Event.Kind.PROGRAM, node, text);
        }
        long at = Duration.between(zero, Instant.parse(ended.group(2))).toNanos();
        return new Event(at, Event.Kind.PROGRAM, node, ended.group(1) + ended.group(3));
    }

    private static String check(Matcher match) {
        String reason = match.group(3) == null ? "" : " (" + match.group(3).strip() + ")";
        return "sees " + match.group(1) + " " + match.group(2) + reason;
    }

    private static Event owner(Owners.Span span) {
        String text = span.names().isEmpty() ? "nobody" : String.join(" and ", span.names());
        return new Event(span.from(), Event.Kind.OWNER, "", text);
    }

    /// The last good answer before the first loss and the first good one after the last loss, of
    /// requests over new connections: others may still use an old one.
    private static List<Event> clients(List<RequestRecord> records, long injecting) {
        List<RequestRecord> fresh =
                records.stream()
                        .filter(r ->
                                r.kind() == RequestClass.NEW_HTTP
                                        || r.kind() == RequestClass.NEW_HTTPS)
                        .filter(r -> r.done() >= injecting)
                        .toList();
        List<Long> lost =
                fresh.stream()
                        .filter(r -> r.outcome() != Outcome.OK && r.outcome() != Outcome.OWN_FAULT)
                        .map(RequestRecord::planned)
                        .sorted()
                        .toList();
        if (lost.isEmpty()) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        records.stream()
                .filter(r -> r.outcome() == Outcome.OK && r.planned() < lost.getFirst())
                .map(RequestRecord::done)
                .filter(done -> done <= lost.getFirst())
                .max(Long::compare)
                .ifPresent(at -> events.add(client(at, "last good answer before the first loss")));
        fresh.stream()
                .filter(r -> r.outcome() == Outcome.OK && r.planned() > lost.getLast())
                .map(RequestRecord::done)
                .min(Long::compare)
                .ifPresent(at -> events.add(client(at, "first good answer after the last loss")));
        return events;
    }

    private static Event client(long at, String text) {
        return new Event(at, Event.Kind.CLIENT, "", text);
    }
}
