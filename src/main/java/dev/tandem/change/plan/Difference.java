package dev.tandem.change.plan;

import dev.tandem.model.LanInterface;
import dev.tandem.model.Receiver;
import dev.tandem.model.Server;
import dev.tandem.model.TcpServer;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One key in which two sites differ. It becomes text only where a plan or a journal is printed;
/// what plans are decided by is in {@link Moves}.
public sealed interface Difference {
    /// A list of more is told by its first items and their number.
    int MOST = 12;

    /// So many of them.
    int FIRST = 3;

    /// The key.
    KeyPath path();

    /// A changed value.
    ///
    /// @param before the old value; empty if there was none
    /// @param after the new value; empty if there is none
    record Changed(KeyPath path, Optional<Object> before, Optional<Object> after)
            implements Difference {}

    /// A node that is to stand on another machine.
    ///
    /// @param from the old one; empty if the site named no machines
    /// @param to the new one; empty if it names none any more
    record Moved(KeyPath path, Optional<String> from, Optional<String> to) implements Difference {}

    /// A new named part of a list.
    record Added(KeyPath path) implements Difference {}

    /// A named part of a list that is removed.
    record Removed(KeyPath path) implements Difference {}

    /// The same named parts in another order.
    record Reordered(KeyPath path) implements Difference {}

    /// The difference in the notation of the site file: `backend.check: / → /health`.
    default String text() {
        return switch (this) {
            case Changed changed ->
                    path() + ": " + text(changed.before()) + " → " + text(changed.after());
            case Moved(KeyPath path, Optional<String> from, Optional<String> to) ->
                    path + ": " + from.orElse("none") + " → " + to.orElse("none");
            case Added _ -> path() + ": added";
            case Removed _ -> path() + ": removed";
            case Reordered _ -> path() + ": in another order";
        };
    }

    private static String more(int size) {
        return size > MOST ? " and " + (size - FIRST) + " more]" : "]";
    }

    private static String text(Optional<Object> value) {
        return value.map(Difference::text).orElse("none");
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> Seconds.bare(time) + "s";
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case List<?> list ->
                    list.stream()
                            .limit(list.size() > MOST ? FIRST : MOST)
                            .map(Difference::text)
                            .collect(Collectors.joining(", ", "[", more(list.size())));
            case LanInterface lan -> lan.word();
            case Server server -> server.place();
            case TcpServer server -> server.url().toString();
            case Receiver.Way way -> way.place();
            case Optional<?> maybe -> maybe.map(Difference::text).orElse("none");
            default -> value.toString();
        };
    }
}
