package dev.tandem.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A move of the VIP, and its cause, as the balancers' own logs tell it. Pure.
///
/// The cause is the first thing that the balancer which had the VIP said of why it gives it up, at
/// most {@link #BEFORE} before another one became master, and that was not over by then: it has not
/// stood still when it was awake again before, and what it has been able to do again does not
/// count. A balancer that said nothing ended with its container or its machine; one that says
/// nothing of it and goes on had the VIP as well.
///
/// @param at when the one that has it now became master
/// @param from who had it before; empty for the first one in these logs
/// @param to who has it since
/// @param cause why
/// @param evidence the lines from which this follows, in their order
public record VipMove(
        Instant at, Optional<String> from, String to, MoveCause cause, List<Said> evidence) {
    /// How long before a move its cause may be logged: as long as a balancer waits for anything.
    static final Duration BEFORE = Duration.ofSeconds(15);

    /// How much later than the move itself: the lines of two nodes are read by two threads.
    static final Duration LATE = Duration.ofMillis(500);

    /// How long a balancer that is there says nothing after another one has become master.
    static final Duration QUIET = Duration.ofSeconds(3);

    /// How long before it becomes master a balancer may have said why it can be.
    static final Duration ABLE = Duration.ofSeconds(60);

    private static final String MASTER = "MASTER";
    private static final Pattern VRRP = Pattern.compile("init: VRRP (MASTER|BACKUP|FAULT|DOWN)");

    public VipMove {
        evidence = List.copyOf(evidence);
    }

    /// All moves in these logs, the oldest first.
    ///
    /// @param lines of balancers, in any order
    public static List<VipMove> in(List<Said> lines) {
        List<Said> sorted = lines.stream().sorted(Comparator.comparing(Said::at)).toList();
        List<VipMove> moves = new ArrayList<>();
        Set<String> masters = new TreeSet<>();
        Optional<String> holder = Optional.empty();
        for (Said line : sorted) {
            Optional<String> state = state(line);
            if (state.isEmpty()) {
                continue;
            }
            if (!state.get().equals(MASTER)) {
                masters.remove(line.node());
                if (holder.equals(named(line)) && !masters.isEmpty()) {
                    holder = masters.stream().findFirst(); // who was master all the time
                }
            } else if (!isBrief(sorted, line, holder.filter(masters::contains))) {
                masters.add(line.node());
                if (!holder.equals(named(line))) {
                    moves.add(move(sorted, holder, line));
                    holder = named(line);
                }
            }
        }
        return moves;
    }

    /// Whether a balancer was master for a moment only, while another one was all the time and says
    /// nothing of a reason: it has just begun, and had not heard that one yet.
    private static boolean isBrief(List<Said> sorted, Said master, Optional<String> holder) {
        Instant until = master.at().plus(QUIET);
        List<Said> soon =
                sorted.stream()
                        .filter(line -> state(line).isPresent())
                        .filter(line -> line.at().isAfter(master.at()))
                        .filter(line -> line.at().isBefore(until))
                        .toList();
        return holder.filter(name -> !name.equals(master.node())).isPresent()
                && soon.stream().anyMatch(line -> line.node().equals(master.node()))
                && soon.stream().noneMatch(line -> holder.equals(named(line)))
                && givenUp(of(sorted, holder.orElse("")), master).isEmpty();
    }

    private static Optional<String> named(Said line) {
        return Optional.of(line.node());
    }

    private static Optional<String> state(Said line) {
        Matcher vrrp = VRRP.matcher(line.text());
        return vrrp.matches() ? Optional.of(vrrp.group(1)) : Optional.empty();
    }

    /// How long after its cause the VIP was held again; zero when the clocks or threads say less.
    public Duration after() {
        Duration after = Duration.between(cause.at(), at);
        return after.isNegative() ? Duration.ZERO : after;
    }

    /// Whether a balancer took it back, of its own or because it was told to.
    public boolean isReturn() {
        return cause.line().node().equals(to) && from.isPresent();
    }

    private static VipMove move(List<Said> sorted, Optional<String> from, Said master) {
        if (from.isEmpty()) {
            MoveCause start =
                    new MoveCause(MoveCause.Kind.START, "is the first here", master.at(), master);
            return new VipMove(master.at(), from, master.node(), start, List.of(master));
        }
        List<Said> its = of(sorted, from.get());
        MoveCause cause =
                givenUp(its, master)
                        .or(() -> outbid(sorted, its, master))
                        .orElseGet(() -> silent(its, master));
        List<Said> evidence =
                Stream.concat(Stream.of(cause.line(), master), next(its, master).stream())
                        .distinct()
                        .sorted(Comparator.comparing(Said::at))
                        .toList();
        return new VipMove(master.at(), from, master.node(), cause, evidence);
    }

    private static List<Said> of(List<Said> sorted, String node) {
        return sorted.stream().filter(line -> line.node().equals(node)).toList();
    }

    /// The first reason that it gave itself, since it became master.
    private static Optional<MoveCause> givenUp(List<Said> its, Said master) {
        Instant since = since(its, master);
        List<MoveCause> causes =
                its.stream()
                        .filter(line -> line.at().isAfter(since))
                        .flatMap(line -> MoveCause.givenUp(line).stream())
                        .filter(cause -> !cause.at().isBefore(master.at().minus(BEFORE)))
                        .filter(cause -> !cause.at().isAfter(master.at().plus(LATE)))
                        .filter(cause -> !isOver(cause, its, master))
                        .toList();
        Instant last =
                causes.stream()
                        .map(cause -> cause.line().at())
                        .filter(at -> !at.isAfter(master.at()))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        return causes.stream()
                .filter(cause -> !isAbleAgain(its, cause.line().at(), last))
                .min(Comparator.comparing(MoveCause::at));
    }

    /// When it became master itself.
    private static Instant since(List<Said> its, Said master) {
        return its.stream()
                .filter(line -> state(line).equals(Optional.of(MASTER)))
                .map(Said::at)
                .filter(at -> at.isBefore(master.at()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /// Whether it could hold the VIP again between two times: what was before is another story.
    private static boolean isAbleAgain(List<Said> its, Instant from, Instant until) {
        return its.stream()
                .filter(line -> line.at().isAfter(from) && line.at().isBefore(until))
                .anyMatch(line -> MoveCause.ableAgain(line).isPresent());
    }

    /// Whether it was over before the other one became master. A standstill is logged when it ends,
    /// and the first advert after it keeps the others quiet. Anything else ends when the balancer
    /// says that it can hold the VIP again; others may have begun to take over until then.
    private static boolean isOver(MoveCause cause, List<Said> its, Said master) {
        if (cause.kind() == MoveCause.Kind.STANDSTILL) {
            return cause.line().at().isBefore(master.at().minus(LATE));
        }
        return isAbleAgain(its, cause.line().at(), master.at().minus(QUIET));
    }

    /// It became a backup though nothing was wrong with it: the other one came first. Each is a
    /// backup when it begins, before it is master.
    private static Optional<MoveCause> outbid(List<Said> sorted, List<Said> its, Said master) {
        Instant since = since(its, master);
        Optional<Said> backup =
                its.stream()
                        .filter(line -> state(line).equals(Optional.of("BACKUP")))
                        .filter(line -> line.at().isAfter(since))
                        .filter(line -> !line.at().isBefore(master.at().minus(QUIET)))
                        .filter(line -> !line.at().isAfter(master.at().plus(QUIET)))
                        .findFirst();
        return backup.map(line ->
                sorted.stream()
                        .filter(one -> one.node().equals(master.node()))
                        .filter(one -> !one.at().isAfter(master.at()))
                        .filter(one -> one.at().isAfter(master.at().minus(ABLE)))
                        .flatMap(one -> MoveCause.ableAgain(one).stream())
                        .max(Comparator.comparing(MoveCause::at))
                        .orElseGet(() ->
                                new MoveCause(
                                        MoveCause.Kind.OUTBID,
                                        "heard adverts of a higher priority",
                                        line.at(),
                                        line)));
    }

    private static MoveCause silent(List<Said> its, Said master) {
        Optional<Said> next = next(its, master);
        if (next.isPresent() && !begins(next.get())) {
            return new MoveCause(
                    MoveCause.Kind.CUT,
                    "goes on, and its adverts did not arrive at " + master.node(),
                    master.at(),
                    next.get());
        }
        Said last =
                its.stream()
                        .filter(line -> !line.at().isAfter(master.at()))
                        .reduce((before, after) -> after)
                        .orElse(master);
        return new MoveCause(
                MoveCause.Kind.SILENT,
                "said nothing more: its container or its machine ended, or was cut off",
                master.at(),
                last);
    }

    /// What it said next of itself.
    private static Optional<Said> next(List<Said> its, Said master) {
        return its.stream()
                .filter(line -> line.text().startsWith("init: "))
                .filter(line -> line.at().isAfter(master.at().plus(LATE)))
                .findFirst();
    }

    /// Whether an init that has just been started says it.
    private static boolean begins(Said line) {
        return line.text()
                .matches("init: (haproxy started.*|LAN interface is .*|clients may have .*)");
    }
}
