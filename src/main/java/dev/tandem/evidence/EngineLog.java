package dev.tandem.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the Docker engine did to the nodes during a drill, from its own events.
///
/// @param events in the order of their times
public record EngineLog(List<Event> events) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,19}) ([a-z]+) (\\S+)");

    public EngineLog {
        events = List.copyOf(events);
    }

    /// Parses a line: nanoseconds since 1970, the action, the container.
    public static EngineLog parse(String text, Scene scene) {
        List<Event> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Instant time = Instant.EPOCH.plusNanos(Long.parseLong(matcher.group(1)));
                long at = Duration.between(scene.zero(), time).toNanos();
                scene.withContainer(matcher.group(3))
                        .map(node -> event(at, node, matcher.group(2)))
                        .ifPresent(events::add);
            }
        }
        return new EngineLog(events);
    }

    private static Event event(long at, Witness node, String action) {
        return new Event(at, Event.Kind.ENGINE, node.name(), "docker: " + action);
    }
}
