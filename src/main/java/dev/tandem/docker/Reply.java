package dev.tandem.docker;

import java.util.Optional;

/// What came of a question to a machine.
public sealed interface Reply<T> {
    /// It answered.
    record Said<T>(T answer) implements Reply<T> {}

    /// It did not, for this reason.
    record Silent<T>(Unreachable why) implements Reply<T> {}

    /// The answer, if there is one.
    default Optional<T> value() {
        return switch (this) {
            case Said<T>(T answer) -> Optional.of(answer);
            case Silent<T> _ -> Optional.empty();
        };
    }

    /// Why there is none.
    default Optional<Unreachable> silence() {
        return switch (this) {
            case Said<T> _ -> Optional.empty();
            case Silent<T>(Unreachable why) -> Optional.of(why);
        };
    }
}
