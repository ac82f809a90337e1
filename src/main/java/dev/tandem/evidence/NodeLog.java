package dev.tandem.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a node logged during a drill: the output of `docker logs --timestamps`.
///
/// @param node the node
/// @param lines in the order in which they were logged
public record NodeLog(Witness node, List<Line> lines) {
    public NodeLog {
        lines = List.copyOf(lines);
    }

    /// One line.
    ///
    /// @param at when Docker received it, nanoseconds from the run's zero
    /// @param text without its time
    public record Line(long at, String text) {}

    /// Parses a log. A line that does not begin with a time belongs to no moment and is left out.
    ///
    /// @param zero the time of day of the run's zero
    public static NodeLog parse(Witness node, String text, Instant zero) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            if (space > 0) {
                time(line.substring(0, space))
                        .map(time -> Duration.between(zero, time).toNanos())
                        .ifPresent(at -> lines.add(new Line(at, line.substring(space + 1))));
            }
        }
        return new NodeLog(node, lines);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
