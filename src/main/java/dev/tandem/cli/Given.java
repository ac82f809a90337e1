package dev.tandem.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One command line, as typed after the verb. {@link Options} gives access to its values.
public abstract sealed class Given permits PlainGiven, ParsedGiven {
    /// Whether an option was given, by any of its names.
    ///
    /// @param option the first of them
    abstract boolean has(String option);

    abstract Optional<String> text(String option);

    abstract OptionalInt number(String option);

    abstract List<String> texts(String option);

    /// Whether an option is on that is so unless `--no-` is said.
    abstract boolean isOn(String option);

    abstract Optional<String> argument(int index);

    abstract List<String> arguments();
}
