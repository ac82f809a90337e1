package dev.tandem.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a node's log.
///
/// @param node which node
/// @param time when it was logged, as the engine writes it (RFC 3339)
/// @param text the line itself
record LogLine(String node, String time, String text) {
    private static final Pattern ANY = Pattern.compile("\\S+ +\\|");
    private static final Pattern LINE =
            Pattern.compile("(\\S+) +\\| (\\d{4}-\\d{2}-\\d{2}T\\S+)(?: (.*))?");

    /// Whether a line of Compose is one of a log, and not its own message.
    static boolean isOne(String shown) {
        return ANY.matcher(shown).lookingAt();
    }

    /// Reads what Compose shows with times; empty for its own messages.
    ///
    /// @param site whose containers are named after it
    static Optional<LogLine> of(String site, String shown) {
        Matcher line = LINE.matcher(shown);
        if (!line.matches()) {
            return Optional.empty();
        }
        String container = line.group(1);
        String prefix = site + "-";
        return Optional.of(
                new LogLine(
                        container.startsWith(prefix)
                                ? container.substring(prefix.length())
                                : container,
                        line.group(2),
                        line.group(3) == null ? "" : line.group(3)));
    }

    String json() {
        return Json.line(json -> {
            json.writeStringField("node", node);
            json.writeStringField("time", time);
            json.writeStringField("text", text);
        });
    }
}
