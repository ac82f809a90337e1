package dev.tandem.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the Docker engine did to the nodes during a drill, from its own events.
///
/// @param events in the order of their times
public record EngineLog(List<Event> events) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,19}) ([a-z]+) (\\S+)");

    /// In the name of what a fault starts beside the nodes.
    private static final String HELPER = "-fault-";

    public EngineLog {
        events = List.copyOf(events);
    }

    /// Parses a line: nanoseconds since 1970, the action, the container. One that is no node was
    /// started by the fault, as its name says, and is named in full.
    public static EngineLog parse(String text, Scene scene) {
        List<Event> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Instant time = Instant.EPOCH.plusNanos(Long.parseLong(matcher.group(1)));
                long at = Duration.between(scene.zero(), time).toNanos();
                node(matcher.group(3), scene)
                        .map(node -> event(at, node, matcher.group(2)))
                        .ifPresent(events::add);
            }
        }
        return new EngineLog(events);
    }

    private static Optional<String> node(String container, Scene scene) {
        return scene.withContainer(container)
                .map(Witness::name)
                .or(() -> Optional.of(container).filter(name -> name.contains(HELPER)));
    }

    private static Event event(long at, String node, String action) {
        return new Event(at, Event.Kind.ENGINE, node, "docker: " + action);
    }
}
