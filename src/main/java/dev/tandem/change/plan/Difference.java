package dev.tandem.change.plan;

import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One key in which two sites differ. It becomes text only where a plan or a journal is printed;
/// what a plan decides by is in {@link Moves}.
public sealed interface Difference {
    /// Where it is.
    KeyPath path();

    /// Another value.
    ///
    /// @param before as it was; empty when there was none
    /// @param after as it is to be; empty when there is to be none
    record Changed(KeyPath path, Optional<Object> before, Optional<Object> after)
            implements Difference {}

    /// A named part of a list that is new.
    record Added(KeyPath path) implements Difference {}

    /// A named part of a list that goes.
    record Removed(KeyPath path) implements Difference {}

    /// The same named parts in another order.
    record Reordered(KeyPath path) implements Difference {}

    /// As the site file writes it: `backend.check: / → /health`.
    default String text() {
        return switch (this) {
            case Changed changed ->
                    path() + ": " + text(changed.before()) + " → " + text(changed.after());
            case Added _ -> path() + ": added";
            case Removed _ -> path() + ": removed";
            case Reordered _ -> path() + ": in another order";
        };
    }

    private static String text(Optional<Object> value) {
        return value.map(Difference::text).orElse("none");
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> Seconds.bare(time) + "s";
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case List<?> list ->
                    list.stream().map(Difference::text).collect(Collectors.joining(", ", "[", "]"));
            case Optional<?> maybe -> maybe.map(Difference::text).orElse("none");
            default -> value.toString();
        };
    }
}
