package dev.tandem.cli;

import java.util.List;

/// An option or an argument that a verb declares: see {@link Options}.
///
/// @param kind what it takes
/// @param names of an option, the first one being that by which it is asked for; none of an
///   argument
/// @param label what stands for its value in help; empty text where it has none
/// @param description its purpose, in one line
record Declared(Kind kind, List<String> names, String label, String description) {
    /// What it takes.
    enum Kind {
        /// An option without a value.
        FLAG,
        /// An option without a value, on unless `--no-` is said.
        UNLESS_NO,
        /// An option with a text.
        TEXT,
        /// An option with a text, which may be repeated.
        TEXTS,
        /// An option with a whole number.
        NUMBER,
        /// An argument.
        ARGUMENT,
        /// An argument that may be left out.
        OPTIONAL_ARGUMENT,
        /// All arguments, any number of them.
        ARGUMENTS
    }

    Declared {
        names = List.copyOf(names);
    }

    /// Whether it is an argument, and no option.
    boolean isArgument() {
        return names.isEmpty();
    }
}
