package dev.tandem.doctor;

import dev.tandem.model.Stop;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/// A fact, or why it is missing. A question that fails must not end the examination: it makes the
/// other facts all the more valuable.
public sealed interface Answer<T> {

    /// It is known.
    record Known<T>(T fact) implements Answer<T> {}

    /// It could not be found out.
    ///
    /// @param reason the reason, in a few words
    record Unknown<T>(String reason) implements Answer<T> {}

    /// Asks; a {@link Stop} counts as an answer, too: unknown.
    static <T> Answer<T> ask(Supplier<T> question) {
        try {
            return new Known<>(question.get());
        } catch (Stop e) {
            String seen = e.seen().strip();
            return new Unknown<>(e.getMessage() + (seen.isEmpty() ? "" : ": " + seen));
        } catch (UncheckedIOException e) {
            return new Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    /// The fact, if it is known.
    default Optional<T> value() {
        return switch (this) {
            case Known<T>(T fact) -> Optional.of(fact);
            case Unknown<T> _ -> Optional.empty();
        };
    }
}
