package dev.tandem.cli;

import dev.tandem.change.state.PastChange;
import dev.tandem.evidence.MoveCause;
import dev.tandem.evidence.Said;
import dev.tandem.evidence.VipMove;
import dev.tandem.text.Seconds;
import dev.tandem.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Moves of the VIP in sentences. Pure.
final class WhyText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WhyText() {}

    /// What happened, in a sentence.
    ///
    /// @param back the move that brought the VIP back where it was; empty when it is not back
    static String sentence(VipMove move, Optional<VipMove> back) {
        return first(move)
                + back.map(later ->
                                " It was back on %s after %s."
                                        .formatted(
                                                later.to(),
                                                seconds(Duration.between(move.at(), later.at()))))
                        .orElse("");
    }

    private static String first(VipMove move) {
        MoveCause cause = move.cause();
        String node = cause.line().node();
        String held = "%s held the VIP".formatted(move.to());
        return switch (cause.kind()) {
            case START ->
                    "%s took the VIP at %s; these logs know of no holder before it."
                            .formatted(move.to(), TIME.format(move.at()));
            case SILENT, CUT ->
                    "%s %s; %s at %s.".formatted(node, cause.words(), held, TIME.format(move.at()));
            case RETURN ->
                    "%s comes before %s: %s at %s; it held the VIP %s later."
                            .formatted(
                                    node,
                                    move.from().orElse(""),
                                    cause.words(),
                                    TIME.format(cause.at()),
                                    seconds(move.after()));
            case ENDED, HANGS, STANDSTILL, NO_SERVER, LISTENER, ORDER, STOPPED, LAN, OUTBID ->
                    "%s: %s at %s; %s %s later."
                            .formatted(
                                    node,
                                    cause.words(),
                                    TIME.format(cause.at()),
                                    move.to().equals(node) ? "it held the VIP" : held,
                                    seconds(move.after()));
        };
    }

    private static String seconds(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(10)) < 0
                ? Seconds.text(Duration.ofMillis(duration.toMillis()))
                : Seconds.tenths(duration);
    }

    /// The lines from which it follows.
    static String evidence(VipMove move) {
        Table table = new Table("WHEN", "NODE", "LOGGED");
        for (Said line : move.evidence()) {
            table.row(
                    CLOCK.format(line.at()), line.node(), line.text().replaceFirst("^init: ", ""));
        }
        return table.toString();
    }

    /// All of them, a line each.
    static String list(List<VipMove> moves) {
        Table table = new Table("WHEN", "FROM", "TO", "CAUSE");
        for (VipMove move : moves) {
            MoveCause cause = move.cause();
            table.row(
                    TIME.format(move.at()),
                    move.from().orElse(""),
                    move.to(),
                    cause.line().node() + ": " + cause.words());
        }
        return table.toString();
    }

    /// The change that was under way.
    static Optional<String> change(List<PastChange> changes, Instant at) {
        return changes.stream()
                .filter(change -> change.begun().filter(begun -> !begun.isAfter(at)).isPresent())
                .filter(change -> change.ended().filter(ended -> ended.isBefore(at)).isEmpty())
                .findFirst()
                .map(change ->
                        "Under way then: %s, change %d, by %s."
                                .formatted(
                                        (change.verb() + " " + change.subject()).strip(),
                                        change.number(),
                                        change.by().replaceFirst(", process.*", "")));
    }
}
